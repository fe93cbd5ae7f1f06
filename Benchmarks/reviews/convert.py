"""Makes examples of rated sentences: a JSON object a line with id, text, label and rating.

The label is the sign of the mean of twenty people's ratings, which go from -4 to 4. Sentences whose mean is 0 have none
and are left out; those near 0 stay, though people themselves don't agree about them.
"""

import json
import pathlib
import sys

FILES = {
    "movies.jsonl": "movieReviewSnippets_GroundTruth.txt",
    "products.jsonl": "amazonReviewSnippets_GroundTruth.txt",
}


def examples(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        fields = line.split("\t")
        if len(fields) != 3:
            raise SystemExit(f"{path}, line {number}: expected three fields, found {len(fields)}")
        rating = float(fields[1])
        text = fields[2].strip()
        if rating != 0 and text:
            label = "positive" if rating > 0 else "negative"
            # Ids of the source aren't unique; lines are.
            yield {"id": f"{number}", "text": text, "label": label, "rating": rating}


def main():
    source, target = map(pathlib.Path, sys.argv[1:3])
    for name, original in FILES.items():
        rows = [json.dumps(row, ensure_ascii=False) for row in examples(source / original)]
        unfinished = target / f".{name}"
        unfinished.write_text("\n".join(rows) + "\n", encoding="utf-8")
        unfinished.rename(target / name)
        print(f"{target / name}: {len(rows)} sentences", file=sys.stderr)


main()
