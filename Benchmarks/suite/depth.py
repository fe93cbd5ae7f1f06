"""Section "depth": decode after many tokens, and prefill of a long prompt.

Engines take their turns by depth, not by round: filling a context anew for every figure would take hours. What one
engine loses from one depth to the next is what this section is about.

Decode may slow down with the depth, but no more than the reading of keys and values explains; that time is the KV
cache's bytes divided by the measured read bandwidth."""

from . import tables
from .measuring import Peer, figure
from .setting import PEERS, say

DEPTHS, DECODE, PREFILL = [0, 2048, 8192], 32, 4096
CACHES = ["f16", "q8_0"]
# Gemma 3 looks back over the whole context in every sixth layer only (Gemma Team 2025, section 2).
GLOBAL_LAYER_INTERVAL = {"gemma3": 6}


def run(setting):
    results = {}
    for model in setting.models:
        say(f"  {model}")
        facts = attention_facts(setting.inspect(model))
        depths = [depth for depth in DEPTHS if depth + DECODE + 2 <= facts["context"]]
        context = min(facts["context"], max(depths[-1] + DECODE, PREFILL) + 64)
        engines = [Own(setting, model, cache, context, facts) for cache in CACHES]
        engines += [Other(setting, name, model, context) for name in PEERS]
        results[model] = measure(setting, engines, depths)
        for engine in engines:
            engine.close()
    return results


def measure(setting, engines, depths):
    say(f"    prefill {PREFILL}")
    rounds = long_rounds(setting)
    results = {engine.name: {"prefill": engine.prefill(rounds), "decode": {}, "read_bytes": {}} for engine in engines}
    for index, depth in enumerate(depths):
        say(f"    decode at {depth}")
        for engine in engines if index % 2 == 0 else reversed(engines):
            result = results[engine.name]
            result["decode"][str(depth)], read = engine.decode(depth, setting.rounds)
            if read is not None:
                result["read_bytes"][str(depth)] = read
    return results


class Own:
    """Diptych with one format of the KV cache."""

    def __init__(self, setting, model, cache, context, facts):
        self.name = f"diptych {cache}"
        self.context, self.facts = context, facts
        self.bench = lambda *arguments, rounds: setting.bench(
            model, *arguments, "--cache", cache, "--context", context, rounds=rounds)

    def prefill(self, rounds):
        return figure_of(self.bench("-p", PREFILL, "-n", 0, rounds=rounds)["prefill"])

    def decode(self, depth, rounds):
        """The speed, and the bytes of keys and values that a token reads."""
        document = self.bench("-p", 0, "-n", DECODE, "--depth", depth, rounds=rounds)
        position_bytes = document["memory"]["kv_cache"] / padded(self.context) / self.facts["layers"]
        return figure_of(document["decode"]), position_bytes * positions_read(self.facts, depth)

    def close(self):
        pass


class Other:
    """A peer, which keeps its context from one question to the next."""

    def __init__(self, setting, name, model, context):
        self.name = name
        self.peer = Peer(setting, name, model, context)
        self.peer.speed("decode", 2)

    def prefill(self, rounds):
        return figure([self.peer.speed("prefill", PREFILL) for _ in range(rounds)])

    def decode(self, depth, rounds):
        self.peer.speed("decode", 2, depth)  # fills the context
        return figure([self.peer.speed("decode", DECODE, depth) for _ in range(rounds)]), None

    def close(self):
        self.peer.close()


def long_rounds(setting):
    """A long prompt takes a minute on a slow engine, and varies little."""
    return max(1, setting.rounds // 2)


def figure_of(speed):
    return figure([speed["tokens"] / time * 1000 for time in speed["rounds_ms"]])


def padded(context):
    """The positions that a KV cache of this length has: blocks of sixteen."""
    return (context + 15) // 16 * 16


def attention_facts(document):
    values = {pair["key"]: pair["value"].strip('"') for pair in document["metadata"]}
    prefix = values["general.architecture"]
    layers = int(values[f"{prefix}.block_count"])
    interval = GLOBAL_LAYER_INTERVAL.get(prefix, 1)
    return {
        "context": int(values[f"{prefix}.context_length"]), "layers": layers, "global_layers": layers // interval,
        "window": int(values.get(f"{prefix}.attention.sliding_window", 0)),
    }


def positions_read(facts, depth):
    """Positions whose keys and values one token reads, summed over the layers."""
    local = facts["layers"] - facts["global_layers"]
    return facts["global_layers"] * depth + local * min(depth, facts["window"])


def text(results, setting):
    table = [["depth", "engine", *(f"decode at {depth}" for depth in DEPTHS), f"prefill {PREFILL}"]]
    cost = [[
        "what depth costs, ms a token", "cache", "depth", "more than at 0", "keys and values", "reading them takes",
    ]]
    bandwidth = setting.limits["read"]["memory"] * 1e9
    for model, result in results.items():
        for engine, measured in result.items():
            speeds = [measured["decode"].get(str(depth)) for depth in DEPTHS]
            cells = [tables.spread(speed) if speed else "–" for speed in speeds]
            table.append([model, engine, *cells, tables.spread(measured["prefill"])])
            for depth, read in measured["read_bytes"].items():
                if depth == "0":
                    continue
                more = 1000 / measured["decode"][depth]["median"] - 1000 / measured["decode"]["0"]["median"]
                cost.append([
                    model, engine.removeprefix("diptych "), depth, tables.number(more), tables.megabytes(read),
                    tables.number(1000 * read / bandwidth),
                ])
    return tables.text(table) + "\n" + tables.text(cost)
