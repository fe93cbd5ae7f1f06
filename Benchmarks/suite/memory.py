"""Section "memory": peak resident memory of a fresh process at a context of 2048, after 64 tokens."""

import json

from . import processes, tables
from .measuring import in_turns, peer_command
from .setting import ROOT, say

CONTEXT, TOKENS = 2048, 64
PROMPT = "Once upon a time"
GOAL = 0.8


def run(setting):
    results = {}
    script = str(ROOT / "Benchmarks" / "peers" / "first_token.py")
    question = json.dumps({"kind": "decode", "tokens": TOKENS, "depth": 0}) + "\n"
    for model in setting.models:
        say(f"  {model}")
        own = [
            setting.program, "run", setting.paths[model], "--raw", "-p", PROMPT, "-n", str(TOKENS), "--json",
            "--context", str(CONTEXT), "--threads", str(setting.threads),
        ]
        peer = peer_command(setting, "llama.cpp", model, CONTEXT)
        # Memory hardly varies: one round would do, a second one shows it.
        results[model] = in_turns(min(setting.rounds, 2), {
            "diptych": lambda: own_memory(own),
            "llama.cpp": lambda: {"bytes": processes.run(peer, question)[2]},
            "python": lambda: {"bytes": processes.run([setting.python, script])[2]},
        })
        results[model]["file_bytes"] = setting.inspect(model)["file_bytes"]
    return results


def own_memory(command):
    output, _, peak = processes.run(command)
    generated = json.loads(output)["metrics"]["generated_tokens"]
    if generated != TOKENS:
        raise RuntimeError(f"diptych run generated {generated} tokens instead of {TOKENS}")
    return {"bytes": peak}


def text(results, setting):
    table = [["peak resident memory", "file", "Diptych", "llama.cpp", "of it Python", "ratio (goal)"]]
    for model, result in results.items():
        own, peer, python = (result[name]["bytes"]["median"] for name in ["diptych", "llama.cpp", "python"])
        table.append([
            model, *map(tables.megabytes, [result["file_bytes"], own, peer, python]),
            tables.ratio(own / (peer - python), GOAL, at_most=True),
        ])
    return tables.text(table)
