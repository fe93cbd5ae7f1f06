"""Section "kernels": every tensor format beside the machine's limits."""

from . import tables
from .setting import ROOT, lines_of


def run(setting):
    folder = ROOT / "Sources" / "CKernels"
    program = setting.compile(
        "kernels", [ROOT / "Benchmarks" / "kernels" / "kernels.c", *sorted(folder.rglob("*.c"))],
        [f"-I{folder / 'include'}"])
    return [line for threads in sorted({1, setting.threads}) for line in lines_of([program, str(threads)])]


def text(results, setting):
    table = [["format", "threads", "decode", "best", "of reading", "prefill", "best", "of the integer peak"]]
    reads = {
        line["threads"]: line["max"] for line in setting.limits["measurements"]
        if line["what"] == "read" and "model" not in line
    }
    for line in results:
        # Formats that aren't multiplied as integers have no business with the integer peak.
        peak = setting.limits["integer"][str(line["threads"])].get(line["variant"]) if line["integer"] else None
        table.append([
            line["format"], str(line["threads"]), f"{tables.number(line['gb_per_second'])} GB/s",
            tables.number(line["gb_per_second_most"]),
            tables.percent(line["gb_per_second"] / reads[line["threads"]]),
            f"{tables.number(line['gops'])} GOPS", tables.number(line["gops_most"]),
            tables.percent(line["gops"] / peak if peak else None),
        ])
    return tables.text(table)
