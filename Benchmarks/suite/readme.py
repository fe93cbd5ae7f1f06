"""Keeps the table of speeds in README.md."""

from . import speed, tables
from .setting import PEERS, ROOT

BEGIN, END = "<!-- bench -->", "<!-- /bench -->"


def write(results):
    path = ROOT / "README.md"
    before, rest = path.read_text().split(BEGIN)
    _, after = rest.split(END)
    path.write_text(f"{before}{BEGIN}\n{passage(results)}{END}{after}")


def passage(results):
    facts = results["machine"]
    caption = (
        f"{facts['processor']}, {facts['cores']} cores, {results['threads']} threads, {facts['date']}, "
        f"{' and '.join(PEERS.values())}; medians of {results['rounds']} rounds, least and most in brackets.")
    return tables.markdown(speed.rows(results["sections"]["speed"])) + "\n" + caption + "\n"
