"""Section "speculation": the largest model without guesses, with prompt lookup, and with a smaller model that drafts.

Texts must be the same. Speed-ups are medians of the ratios within a round, so that a machine that slows down meanwhile
favours none."""

import json

from . import tables
from .measuring import figure, in_turns
from .setting import say

DRAFTS = {"qwen2.5-coder-1.5b-instruct": "qwen2.5-coder-0.5b-instruct"}
TOKENS = 160
GOALS = {"code": 1.6, "extraction": 1.6, "chat": 0.95}
PROMPTS = {
    "code, write": "Write a Python function that parses a CSV file into a list of dictionaries, with type conversion "
    "of numbers and dates. Include a docstring and an example.",
    "code, edit": """Rename the variable `items` to `records` everywhere and add type hints. Return the whole file.

```python
import csv

def load(path):
    items = []
    with open(path) as handle:
        for row in csv.DictReader(handle):
            items.append(row)
    return items

def total(items, key):
    result = 0
    for item in items:
        result += float(item[key])
    return result

def group(items, key):
    groups = {}
    for item in items:
        groups.setdefault(item[key], []).append(item)
    return groups
```""",
    "extraction, people": """Extract every person from the text as a JSON array of objects with the fields "name", "role", \
"city", "email".

Maria Gonzalez-Ibarra works as a senior hydrologist in Valparaiso and can be reached at maria.gonzalez@example.org. \
Her colleague Johannes Petersen, field technician, lives in Aarhus; his address is j.petersen@example.dk. In Nairobi, \
Wanjiru Kamau leads data engineering (wanjiru.kamau@example.co.ke). The project's accountant is Eleanor Whitfield from \
Sheffield, e.whitfield@example.co.uk.""",
    "extraction, invoice": """List the order lines of this invoice as a JSON array with "article", "quantity", \
"unit_price" and "total".

Invoice 2024-1187, Northwind Supplies
12 x Stainless steel hose clamp 40-60 mm at 1.85 EUR = 22.20 EUR
4 x Submersible pressure sensor PX-309 at 214.00 EUR = 856.00 EUR
30 x Cable gland M20x1.5 polyamide at 0.92 EUR = 27.60 EUR
2 x Weatherproof enclosure 300x200x130 at 48.75 EUR = 97.50 EUR""",
    "chat, explain": "Why is the sky blue? Explain to a curious adult.",
    "chat, advise": "Give me advice for a first visit to Lisbon in spring.",
}


def run(setting):
    results = {}
    for model, draft in DRAFTS.items():
        if model not in setting.models or draft not in setting.models:
            say(f"  left out: {model} with {draft}, which aren't both among the models")
            continue
        modes = {"off": [], "lookup": [], "draft": ["--draft", setting.paths[draft]]}
        for name, prompt in PROMPTS.items():
            say(f"  {name}")
            results[name] = measure(setting, model, prompt, modes)
    return results


def measure(setting, model, prompt, modes):
    texts = set()

    def ask(mode, options):
        document = json.loads(setting.output(
            "run", setting.paths[model], "-p", prompt, "-n", TOKENS, "--temp", 0, "--threads", setting.threads,
            "--json", "--speculate", mode, *options))
        texts.add(tuple(step["id"] for step in document["steps"]))
        speculation = document["metrics"].get("speculation") or {"accepted": 0, "drafted": 0}
        return {
            "speed": document["metrics"]["decode_tokens_per_second"], "accepted": speculation["accepted"],
            "drafted": speculation["drafted"],
        }

    results = in_turns(setting.rounds, {
        mode: lambda mode=mode, options=options: ask(mode, options) for mode, options in modes.items()
    })
    for mode in modes:
        pairs = zip(results[mode]["speed"]["values"], results["off"]["speed"]["values"])
        results[mode]["speedup"] = figure([speed / plain for speed, plain in pairs])
    return {**results, "same_text": len(texts) == 1}


def text(results, setting):
    table = [["speculation", "tokens/s without", "lookup", "accepted", "draft model", "accepted", "goal", "text"]]
    for name, result in results.items():
        cells = [tables.spread(result["off"]["speed"])]
        for mode in ["lookup", "draft"]:
            accepted, drafted = (round(result[mode][key]["median"]) for key in ["accepted", "drafted"])
            cells += [tables.spread(result[mode]["speedup"]), f"{accepted} of {drafted}"]
        goal = GOALS[name.split(",")[0]]
        table.append([name, *cells, f"≥ {goal}", "the same" if result["same_text"] else "DIFFERENT"])
    return tables.text(table)
