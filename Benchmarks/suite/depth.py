"""Section "depth": decode after many tokens, and prefill of a long prompt.

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
        results[model] = {
            f"diptych {cache}": own(setting, model, cache, depths, context, facts) for cache in CACHES
        }
        for name in PEERS:
            results[model][name] = ask(setting, name, model, depths, context)
    return results


def own(setting, model, cache, depths, context, facts):
    say(f"    diptych, {cache}")
    result = {"prefill": None, "decode": {}, "read_bytes": {}}
    common = ["--cache", cache, "--context", context]
    document = setting.bench(model, "-p", PREFILL, "-n", 0, *common, rounds=long_rounds(setting))
    result["prefill"] = figure_of(document["prefill"])
    for depth in depths:
        document = setting.bench(model, "-p", 0, "-n", DECODE, "--depth", depth, *common, rounds=setting.rounds)
        result["decode"][str(depth)] = figure_of(document["decode"])
        position_bytes = document["memory"]["kv_cache"] / padded(context) / facts["layers"]
        result["read_bytes"][str(depth)] = position_bytes * positions_read(facts, depth)
    return result


def ask(setting, name, model, depths, context):
    say(f"    {name}")
    with Peer(setting, name, model, context) as peer:
        peer.speed("decode", 2)
        result = {"decode": {}}
        result["prefill"] = figure([peer.speed("prefill", PREFILL) for _ in range(long_rounds(setting))])
        for depth in depths:
            peer.speed("decode", 2, depth)  # fills the KV cache
            values = [peer.speed("decode", DECODE, depth) for _ in range(setting.rounds)]
            result["decode"][str(depth)] = figure(values)
    return result


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
            for depth, read in measured.get("read_bytes", {}).items():
                if depth == "0":
                    continue
                more = 1000 / measured["decode"][depth]["median"] - 1000 / measured["decode"]["0"]["median"]
                cost.append([
                    model, engine.removeprefix("diptych "), depth, tables.number(more), tables.megabytes(read),
                    tables.number(1000 * read / bandwidth),
                ])
    return tables.text(table) + "\n" + tables.text(cost)
