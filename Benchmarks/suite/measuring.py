"""Turns, figures and the peers' processes."""

import json
import statistics
import subprocess

from .setting import ROOT, SCRIPTS, say


def figure(values):
    """Median and spread."""
    return {"median": statistics.median(values), "min": min(values), "max": max(values), "values": list(values)}


def in_turns(rounds, contenders):
    """Asks each contender once a round, in an order that turns round every time, so that a machine that slows down or
    speeds up favours none. Contenders return a dictionary of numbers; the result has a figure for each."""
    collected = {name: {} for name in contenders}
    for index in range(rounds):
        names = list(contenders)
        for name in names if index % 2 == 0 else reversed(names):
            for key, value in contenders[name]().items():
                collected[name].setdefault(key, []).append(value)
        say(f"    round {index + 1} of {rounds}")
    return {name: {key: figure(values) for key, values in kinds.items()} for name, kinds in collected.items()}


def peer_command(setting, peer, model, context):
    script = ROOT / "Benchmarks" / "peers" / SCRIPTS[peer]
    return [setting.python, str(script), setting.paths[model], str(setting.threads), str(context)]


class Peer:
    """Another engine, with one model loaded, in a process that waits for questions."""

    def __init__(self, setting, name, model, context):
        self.name = name
        self.process = subprocess.Popen(
            peer_command(setting, name, model, context), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True)
        self.ready = self.answer()["ready"]

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.name} ended with status {self.process.wait()}")
        return json.loads(line)

    def speed(self, kind, tokens, depth=0):
        """Tokens a second."""
        question = {"kind": kind, "tokens": tokens, "depth": depth}
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        answer = self.answer()
        if answer["tokens"] != tokens:
            raise RuntimeError(f"{self.name} computed {answer['tokens']} tokens instead of {tokens}")
        return answer["tokens"] / answer["seconds"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()
