"""Section "sharing": two models that decode at once, and one beside a foreign process that keeps a core busy.

The work done is what a process did in a second, relative to what it does alone. Two models together should do one
machine's work; a model and a busy loop too, where the loop's part is its share of the cores' time."""

import json
import os
import subprocess
import sys
import time

from . import tables
from .measuring import in_turns
from .setting import say

DECODE = 32
SECONDS = 6  # that a process decodes for, alone
GOAL = 0.85
PROMPT, ANSWER = "Write a long story about a lighthouse.", 192


def run(setting):
    small, large = setting.models[0], setting.models[-1]
    commands = {name: command(setting, name) for name in {small, large}}
    say(f"  {small} and {large}")

    def together():
        processes = [start(commands[name]) for name in (small, large)]
        first, second = (rate(process) for process in processes)
        return {"first": first, "second": second}

    def beside_loop():
        loop = subprocess.Popen([sys.executable, "-c", "while True: pass"])
        begin = time.monotonic()
        try:
            speed = rate(start(commands[small]))
        finally:
            loop.kill()
            _, _, usage = os.wait4(loop.pid, 0)
            loop.returncode = 0
        return {"speed": speed, "loop": (usage.ru_utime + usage.ru_stime) / (time.monotonic() - begin)}

    def sessions():
        """Two sessions of the small model in one process."""
        rates = {}
        for way, options in {"alone": [], "together": ["--concurrent"]}.items():
            document = json.loads(setting.output(
                "compare", "--model", setting.paths[small], "--model", setting.paths[small], "-p", PROMPT, "-n", ANSWER,
                "--threads", setting.threads, "--json", *options))
            speeds = [pane["metrics"]["decode_tokens_per_second"] for pane in document["panes"]]
            rates[way] = sum(speeds) if options else sum(speeds) / len(speeds)
        return {"work": rates["together"] / rates["alone"]}

    results = in_turns(setting.rounds, {
        "alone": lambda: {"first": rate(start(commands[small])), "second": rate(start(commands[large]))},
        "together": together,
        "beside_loop": beside_loop,
        "sessions": sessions,
    })
    return {**results, "models": [small, large], "cores": len(os.sched_getaffinity(0)), "threads": setting.threads}


def command(setting, model):
    """A process that decodes for some seconds."""
    speed = setting.bench(model, "-p", 0, "-n", DECODE)["decode"]["median"]
    rounds = max(3, round(SECONDS * speed / DECODE))
    return [
        setting.program, "bench", setting.paths[model], "-p", "0", "-n", str(DECODE), "-r", str(rounds),
        "-t", str(setting.threads), "--json",
    ]


def start(arguments):
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)


def rate(process):
    """Tokens a second in the middle round: the last ones of the slower process have the machine for themselves."""
    output, _ = process.communicate()
    if process.returncode != 0:
        raise RuntimeError(f"diptych bench ended with status {process.returncode}")
    return json.loads(output)["decode"]["median"]


def text(results, setting):
    alone, together, beside = (results[name] for name in ["alone", "together", "beside_loop"])
    cores, threads = results["cores"], min(results["threads"], results["cores"])
    shares = [together[key]["median"] / alone[key]["median"] for key in ["first", "second"]]
    own, loop = beside["speed"]["median"] / alone["first"]["median"], beside["loop"]["median"]
    # The scheduler gives each of the runnable threads the same, and none more than a core.
    fair = min(1, cores / (threads + 1))
    table = [["sharing", "of its speed alone", "the other", "work of the machine (goal)", "of a fair share"]]
    table.append([
        "two models at once: " + " and ".join(results["models"]), tables.percent(shares[0]), tables.percent(shares[1]),
        tables.ratio(sum(shares), GOAL), "–",
    ])
    table.append([
        f"two sessions of {results['models'][0]} in one process", "–", "–",
        tables.ratio(results["sessions"]["work"]["median"], GOAL), "–",
    ])
    table.append([
        f"{results['models'][0]} beside a busy loop", tables.percent(own), f"{tables.percent(loop)} of a core",
        tables.ratio(own * threads / cores + loop / cores, GOAL), tables.percent(own / fair),
    ])
    return tables.text(table)
