"""Section "tokenizer": text to token ids, beside PyPI's `tokenizers`, on one thread."""

import json
import subprocess
import sys

from . import tables
from .setting import FOLDER, ROOT

GOAL = 1


def run(setting):
    figures = FOLDER / "tokenizer.json"
    subprocess.run([
        setting.python, str(ROOT / "Benchmarks" / "peers" / "tokenizer.py"), "--diptych", setting.program,
        "--turns", str(setting.rounds), "--json", str(figures), *setting.paths.values(),
    ], check=True, stdout=sys.stderr)
    return json.loads(figures.read_text())["rows"]


def text(results, setting):
    table = [["tokenizer", "text", "size", "Diptych", "tokenizers", "ratio (goal)", "ids"]]
    for row in results:
        ours, theirs = (row["bytes"] / 1e6 / row[f"{name}_seconds"] for name in ["diptych", "tokenizers"])
        table.append([
            row["model"], row["text"], tables.megabytes(row["bytes"]), f"{tables.number(ours)} MB/s",
            f"{tables.number(theirs)} MB/s", tables.ratio(ours / theirs, GOAL),
            "the same" if row["same_ids"] else "DIFFERENT",
        ])
    return tables.text(table)
