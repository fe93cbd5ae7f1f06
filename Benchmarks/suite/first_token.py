"""Section "first-token": a new process that opens a model and answers a prompt of a hundred tokens with one token."""

import json

from . import processes, tables
from .measuring import in_turns
from .setting import ROOT, say

CONTEXT = 2048
GOAL, LOAD_GOAL = 0.35, 100
WORDS = (
    "The lighthouse stood at the end of a long pier, and every evening the keeper climbed its stairs to light the "
    "lamp. Ships from many countries passed on their way to the harbour, with wood, salt, cloth and letters. In winter "
    "the storms were so strong that waves broke over the roof, but the light never went out. One night a small boat "
    "came too close to the rocks, and the keeper rang the bell until the sailors heard it and turned back to the open "
    "sea. In the morning they came to thank"
)


def run(setting):
    results = {}
    script = str(ROOT / "Benchmarks" / "peers" / "first_token.py")
    for model in setting.models:
        say(f"  {model}")
        path = setting.paths[model]
        own = [
            setting.program, "run", path, "--raw", "-p", WORDS, "-n", "1", "--temp", "0", "--context", str(CONTEXT),
            "--threads", str(setting.threads),
        ]
        peer = [setting.python, script, path, str(setting.threads), str(CONTEXT)]
        prompt = len(json.loads(setting.output("tokenize", path, WORDS, "--json"))["ids"])
        # The files and libraries are in memory before anything is timed.
        for command in own, peer:
            processes.run(command, WORDS)
        results[model] = in_turns(setting.rounds, {
            "diptych": lambda: {"seconds": processes.run(own)[1]},
            "llama.cpp": lambda: {"seconds": processes.run(peer, WORDS)[1]},
            "python": lambda: {"seconds": processes.run([setting.python, script])[1]},
        })
        results[model]["prompt_tokens"] = prompt
        results[model]["load"] = {"ms": setting.bench(model, "-p", 0, "-n", 1)["load_ms"]}
    return results


def text(results, setting):
    table = [[
        "new process, milliseconds", "prompt", "Diptych", "llama.cpp", "Python and module", "ratio (goal)",
        "ratio without Python", f"our load (≤ {LOAD_GOAL})",
    ]]
    for model, result in results.items():
        own, peer, python = (result[name]["seconds"]["median"] for name in ["diptych", "llama.cpp", "python"])
        scaled = [
            tables.spread({key: 1000 * result[name]["seconds"][key] for key in ["median", "min", "max"]})
            for name in ["diptych", "llama.cpp", "python"]
        ]
        table.append([
            model, str(result["prompt_tokens"]), *scaled, tables.ratio(own / peer, GOAL, at_most=True),
            tables.ratio(own / (peer - python) if peer > python else None), tables.number(result["load"]["ms"]),
        ])
    return tables.text(table)
