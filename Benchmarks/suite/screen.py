"""Section "screen": what the playground costs, seen from the terminal that it runs in.

Key latency: two models generate at the same time while keys are typed, each a glyph that no model writes, until it
comes back. Cost: decode speed of the same greedy answer in the playground and without a screen. Bytes: what a streamed
token brings over the wire, and what an idle screen does."""

import json
import os
import random
import statistics
import tempfile
import time

from . import tables
from .pseudo_terminal import PseudoTerminal, SessionFile
from .setting import say

KEYS = 300
PROMPT = "Write the numbers from one to five hundred in words, one in each line."
SIZES = [(80, 24), (120, 40)]
TERMINALS = [("tmux-256color", False), ("tmux-256color", True), ("xterm-256color", False), ("xterm-256color", True)]
IDLE = 10  # seconds
# Runes, which no model has a reason to write.
GLYPHS = [chr(code) for code in range(0x16A0, 0x16EB)]
GOALS = {"latency": 20, "cost": 0.02, "bytes": 120}
CONTEXT = 768  # an answer that doesn't end by itself ends here


def run(setting):
    small, large = setting.models[0], setting.models[2 if len(setting.models) > 2 else -1]
    results = {"models": [small, large], "latency": {}, "cost": {}, "bytes": {}, "idle": {}}
    say(f"  key latency: {small} and {large}")
    results["latency"] = latency(setting, small, large)
    for columns, rows in SIZES:
        size = f"{columns}x{rows}"
        say(f"  cost of the screen: {small}, {size}")
        results["cost"][size] = cost(setting, small, columns, rows)
    for columns, rows in SIZES:
        for terminal, is_direct in TERMINALS:
            name = f"{columns}x{rows} {terminal}{', 24-bit' if is_direct else ''}"
            say(f"  bytes: {name}")
            results["bytes"][name] = bytes_of_tokens(setting, small, large, columns, rows, terminal, is_direct)
    say("  idle")
    results["idle"] = idle(setting, small, large)
    return results


def opened(setting, state, models, columns=80, rows=24, terminal="xterm-256color", is_direct=False, options=()):
    """The playground with these models, greedy."""
    environment = {
        "TERM": terminal, "COLORTERM": "truecolor" if is_direct else "", "LC_ALL": "C.UTF-8",
        "XDG_STATE_HOME": state, "XDG_CONFIG_HOME": state,
    }
    playground = PseudoTerminal(
        [setting.program, *(setting.paths[model] for model in models), "--temp", "0", "--threads",
         str(setting.threads), *options],
        columns, rows, environment)
    # Before the program has the terminal in its hands, Enter isn't Enter.
    if playground.wait_for("\x1b[?2004h", 30) is None:
        raise RuntimeError("the playground doesn't open")
    return playground


def latency(setting, small, large):
    """Milliseconds from a key to its glyph, while both models generate."""
    chance = random.Random(1)
    times = []
    missed = 0
    while len(times) + missed < KEYS:
        with tempfile.TemporaryDirectory() as state:
            file = SessionFile(state)
            with opened(setting, state, [small, large], options=["--concurrent"]) as terminal:
                terminal.type(PROMPT + "\r")
                terminal.wait("an answer of both models", lambda: len({
                    record["run"] for record in file.read() if record["kind"] == "token"}) == 2)
                for index in range(KEYS - len(times) - missed):
                    if file.count("finished", "failed", "cancelled") > 0:
                        break
                    if index % 40 == 39:
                        terminal.type("\x15")
                    terminal.pump(chance.uniform(0.05, 0.15))
                    glyph = GLYPHS[index % len(GLYPHS)]
                    start = time.monotonic()
                    terminal.type(glyph)
                    end = terminal.wait_for(glyph, 2)
                    if end is None:
                        missed += 1
                    else:
                        times.append(1000 * (end - start))
    times.sort()
    return {
        "keys": len(times), "missed": missed, "max": times[-1],
        **{f"p{percent}": times[max(0, -(-percent * len(times) // 100) - 1)] for percent in [50, 95, 99]},
    }


def decode(records):
    """Tokens a second of the only run, from the first token to the last."""
    times = [record["at_us"] for record in records if record["kind"] == "token"]
    return 1e6 * (len(times) - 1) / (times[-1] - times[0]), len(times)


def answer(terminal, file, runs=1):
    """Asks, and waits for the end of the answers."""
    terminal.type(PROMPT + "\r")
    terminal.wait("the end of the answers", lambda: file.count("finished") == runs)
    if file.count("failed", "cancelled"):
        raise RuntimeError("an answer failed")


def cost(setting, model, columns, rows):
    """Decode speed with a screen and without one, in turns."""
    speeds = {"screen": [], "alone": []}
    tokens = set()

    def with_screen():
        with tempfile.TemporaryDirectory() as state:
            file = SessionFile(state)
            with opened(setting, state, [model], columns, rows, options=["--context", str(CONTEXT)]) as terminal:
                answer(terminal, file)
            speed, count = decode(file.read())
        tokens.add(count)
        return speed

    def alone():
        document = json.loads(setting.output(
            "run", setting.paths[model], "-p", PROMPT, "-n", CONTEXT, "--temp", 0, "--context", CONTEXT, "--threads",
            setting.threads, "--json"))
        tokens.add(len(document["steps"]))
        return document["metrics"]["decode_tokens_per_second"]

    for index in range(max(5, setting.rounds)):
        ways = [("screen", with_screen), ("alone", alone)]
        for name, measure in ways if index % 2 == 0 else reversed(ways):
            speeds[name].append(measure())
    if len(tokens) > 1:
        raise RuntimeError(f"the answers differ: {sorted(tokens)} tokens")
    medians = {name: statistics.median(values) for name, values in speeds.items()}
    return {"tokens": tokens.pop(), **speeds, "medians": medians, "cost": 1 - medians["screen"] / medians["alone"]}


def bytes_of_tokens(setting, small, large, columns, rows, terminal, is_direct):
    """Bytes from sending a prompt to the end of both answers, over their tokens."""
    with tempfile.TemporaryDirectory() as state:
        file = SessionFile(state)
        with opened(setting, state, [small, large], columns, rows, terminal, is_direct,
                    ["--context", str(CONTEXT)]) as playground:
            playground.pump(1)
            before = playground.bytes
            answer(playground, file, runs=2)
            playground.pump(0.5)
            count = playground.bytes - before
        tokens = file.count("token")
    return {"bytes": count, "tokens": tokens, "each": count / tokens}


def idle(setting, small, large):
    """What ten seconds without input bring, before a prompt and after an answer."""
    results = {}
    with tempfile.TemporaryDirectory() as state:
        file = SessionFile(state)
        with opened(setting, state, [small, large], options=["--context", "256"]) as terminal:
            for name in ["before a prompt", "after an answer"]:
                terminal.pump(2)
                bytes_before, seconds_before = terminal.bytes, terminal.processor_seconds()
                terminal.pump(IDLE)
                results[name] = {
                    "bytes": terminal.bytes - bytes_before,
                    "processor_ms": 1000 * (terminal.processor_seconds() - seconds_before),
                }
                if name == "before a prompt":
                    answer(terminal, file, runs=2)
    return results


def text(results, setting):
    figures = results["latency"]
    small, large = results["models"]
    rows = [["keys typed while two models generate", "p50", f"p95 (≤ {GOALS['latency']})", "p99", "max"]]
    rows.append([
        f"{figures['keys']} keys, {small} and {large}: ms",
        *(tables.number(figures[key]) for key in ["p50", "p95", "p99", "max"]),
    ])
    blocks = [tables.text(rows)]
    rows = [["decode, tokens a second", "playground", "no screen", f"cost (≤ {tables.percent(GOALS['cost'])})"]]
    for size, result in results["cost"].items():
        rows.append([
            f"{small}, {size}, {result['tokens']} tokens, medians of {len(result['screen'])}",
            tables.number(result["medians"]["screen"]), tables.number(result["medians"]["alone"]),
            f"{100 * result['cost']:.1f} %",
        ])
    blocks.append(tables.text(rows))
    rows = [["bytes a streamed token", "tokens", "bytes", f"a token (≤ {GOALS['bytes']})"]]
    for name, result in results["bytes"].items():
        rows.append([name, str(result["tokens"]), str(result["bytes"]), tables.number(result["each"])])
    blocks.append(tables.text(rows))
    rows = [[f"{IDLE} s without input", "bytes", "processor, ms"]]
    for name, result in results["idle"].items():
        rows.append([name, str(result["bytes"]), tables.number(result["processor_ms"])])
    blocks.append(tables.text(rows))
    return "\n".join(blocks)
