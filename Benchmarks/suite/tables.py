"""Figures for people."""


def number(value):
    """Three significant digits: 9.41, 24.1, 1240."""
    if value is None:
        return "–"
    return f"{value:.2f}" if abs(value) < 9.995 else f"{value:.1f}" if abs(value) < 99.95 else f"{value:.0f}"


def spread(figure):
    return f"{number(figure['median'])} ({number(figure['min'])}…{number(figure['max'])})"


def ratio(value, goal=None, at_most=False):
    """A ratio, and its goal beside it."""
    if value is None:
        return "–"
    if goal is None:
        return f"{value:.2f}x"
    return f"{value:.2f}x ({'≤' if at_most else '≥'} {goal:g})"


def percent(value):
    return "–" if value is None else f"{100 * value:.0f} %"


def megabytes(value):
    return f"{number(value / 1e6)} MB"


def text(rows):
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [row[0].ljust(widths[0])] + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines) + "\n"


def markdown(rows):
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]]) + "\n"
