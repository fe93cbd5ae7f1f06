"""Keeps the table of speeds in README.md."""

import textwrap

from . import speed, tables
from .setting import PEERS, ROOT

BEGIN, END = "<!-- bench -->", "<!-- /bench -->"


def write(results):
    path = ROOT / "README.md"
    before, rest = path.read_text().split(BEGIN)
    _, after = rest.split(END)
    path.write_text(f"{before}{BEGIN}\n{passage(results)}{END}{after}")


def passage(results):
    facts, speeds = results["machine"], results["sections"]["speed"]
    caption = (
        f"{facts['processor']}, {facts['cores']} cores, {results['threads']} threads, {facts['date']}, "
        f"{' and '.join(PEERS.values())}; medians of {results['rounds']} rounds, least and most in brackets. ")
    memory = results["sections"]["machine"]["read"]["memory"]
    shares = sorted(speed.bandwidth(result) / memory for result in speeds.values())
    caption += (
        f"In the same run memory was read at {tables.number(memory)} GB/s; decoding reads its weights at "
        f"{tables.percent(shares[0])} to {tables.percent(shares[-1])} of that.")
    return tables.markdown(speed.rows(speeds)) + "\n" + textwrap.fill(caption, 118) + "\n"
