"""Section "machine": what memory and the integer units of this machine can do at most."""

import statistics

from . import tables
from .setting import ROOT, lines_of

SITTINGS = 3  # a neighbour that takes a core away does so for longer than one of them


def run(setting):
    program = setting.compile("limits", [ROOT / "Benchmarks" / "machine" / "limits.c"])
    counts = sorted({1, setting.threads})
    results = {"measurements": merged([sitting(setting, program, counts) for _ in range(SITTINGS)])}
    # A limit is the best that was seen; the other rounds were disturbed.
    results["read"] = {
        line.get("model", "memory"): line["max"] for line in results["measurements"]
        if line["what"] == "read" and line["threads"] == setting.threads
    }
    results["integer"] = {
        str(threads): {
            line["variant"]: line["max"] for line in results["measurements"]
            if line["what"] == "integer" and line["threads"] == threads
        } for threads in counts
    }
    return results


def sitting(setting, program, counts):
    """Everything once."""
    lines = [line for threads in counts for line in lines_of([program, str(threads)])]
    for model in setting.models:
        for threads in counts:
            lines += [{**line, "model": model} for line in lines_of([program, str(threads), setting.paths[model]])]
    return lines


def merged(sittings):
    """The same lines of several sittings as one."""
    return [
        {
            **lines[0], "median": statistics.median(line["median"] for line in lines),
            "min": min(line["min"] for line in lines), "max": max(line["max"] for line in lines),
        }
        for lines in zip(*sittings)
    ]


def text(results, setting):
    table = [["limit", "threads", "median", "best", "unit"]]
    for line in results["measurements"]:
        if line["what"] == "read":
            name, unit = f"read {line.get('model', 'memory, 1 GiB')}", "GB/s"
        elif line["what"] == "float":
            name, unit = f"fused multiply-add of floats, {line['variant']}", "GFLOPS"
        else:
            name, unit = f"u8 x s8 dot products, {line['variant']}", "GOPS"
        table.append([name, str(line["threads"]), tables.number(line["median"]), tables.number(line["max"]), unit])
    return tables.text(table)
