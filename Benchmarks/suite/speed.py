"""Section "speed": prefill of 512 tokens and decode of 64, each from an empty context, beside the peers."""

from . import tables
from .measuring import Peer, in_turns
from .setting import PEERS, say

PREFILL, DECODE, CONTEXT = 512, 64, 2048

# What the project wants to reach, as multiples of each peer's speed.
GOALS = {
    "smollm2-135m-instruct": {"llama.cpp": (6, 3), "ik_llama.cpp": (2.1, 2.1)},
    "gemma3-270m": {"llama.cpp": (4, 2.2), "ik_llama.cpp": (2, 1.7)},
    "qwen2.5-coder-0.5b-instruct": {"llama.cpp": (4, 2), "ik_llama.cpp": (2, 1.6)},
    "qwen2.5-coder-1.5b-instruct": {"llama.cpp": (3, 1.6), "ik_llama.cpp": (1.8, 1.6)},
}


def run(setting):
    results = {}
    for model in setting.models:
        say(f"  {model}")
        first, second = (Peer(setting, name, model, CONTEXT) for name in PEERS)
        with first, second:
            for peer in first, second:
                ask(peer)  # warms up, as `diptych bench` does before it measures
            results[model] = in_turns(setting.rounds, {
                "diptych": lambda: own(setting, model),
                first.name: lambda: ask(first),
                second.name: lambda: ask(second),
            })
        results[model]["bytes_per_token"] = bytes_per_token(setting.inspect(model))
    return results


def own(setting, model):
    document = setting.bench(model, "-p", PREFILL, "-n", DECODE, "--context", CONTEXT)
    return {
        "prefill": document["prefill"]["median"], "decode": document["decode"]["median"],
        "load_ms": document["load_ms"],
    }


def ask(peer):
    return {"prefill": peer.speed("prefill", PREFILL), "decode": peer.speed("decode", DECODE)}


def bytes_per_token(document):
    """Weights that decoding one token reads: all of them, but of an embedding that isn't the output as well only one
    row, which doesn't count."""
    sizes = {tensor["name"]: tensor["bytes"] for tensor in document["tensors"]}
    tied = "output.weight" not in sizes
    return sum(size for name, size in sizes.items() if tied or name != "token_embd.weight")


def ratio(result, kind, peer):
    return result["diptych"][kind]["median"] / result[peer][kind]["median"]


def rows(results):
    """The table, also for the README."""
    table = [["tokens a second", "Diptych", *PEERS, *(f"to {peer} (goal)" for peer in PEERS)]]
    for model, result in results.items():
        for index, (kind, count) in enumerate([("prefill", PREFILL), ("decode", DECODE)]):
            goals = GOALS.get(model, {})
            table.append(
                [f"{model}, {kind} {count}"]
                + [tables.spread(result[engine][kind]) for engine in ["diptych", *PEERS]]
                + [tables.ratio(ratio(result, kind, peer), goals.get(peer, (None, None))[index]) for peer in PEERS])
    return table


def bandwidth(result):
    """10^9 bytes of weights that decoding reads in a second."""
    return result["bytes_per_token"] * result["diptych"]["decode"]["median"] / 1e9


def bandwidth_rows(results, limits):
    """How much of the machine's read bandwidth decoding uses."""
    memory = limits["read"]["memory"]
    table = [["decode", "bytes a token", "GB/s", "of memory's", "of its mapped file's", "load"]]
    for model, result in results.items():
        reached = bandwidth(result)
        table.append([
            model, tables.megabytes(result["bytes_per_token"]), tables.number(reached),
            tables.percent(reached / memory), tables.percent(reached / limits["read"][model]),
            f"{tables.number(result['diptych']['load_ms']['median'])} ms",
        ])
    return table


def text(results, setting):
    return tables.text(rows(results)) + "\n" + tables.text(bandwidth_rows(results, setting.limits))
