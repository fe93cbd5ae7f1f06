#!/usr/bin/env python3
"""Tiny seeded models of every architecture, and what the published formulas compute from them, in double precision.

    python3 record.py                 writes architectures.json
    python3 record.py --llama.cpp     compares it with llama.cpp as well (needs `xllamacpp` and `gguf` from PyPI), which
                                      agrees to 0.004 but for the window of `llama`, which it doesn't look at

Needs numpy only. The models' weights follow from seeds, so that the file holds recipes instead of weights; whoever reads
it makes the same bits (see `weights`). The formulas are those of the models' papers and of `transformers`, written anew
here and independent of the engine.
"""

import json
import math
import pathlib
import sys

import numpy as np

import folders

WIDTH, HEADS, CACHE_HEADS, SIZE, LENGTH, LAYERS = 64, 4, 2, 16, 96, 2
CONTEXT, TOKENS, WINDOW = 64, 24, 7
EXPERTS, USED, EXPERT_LENGTH, SHARED_LENGTH = 6, 2, 32, 64
SEED = 20261123

# ------------------------------------------------------------------------------------------------------- the recipe


def vocabulary():
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    characters, extra = {}, 256
    for byte in range(256):
        if byte in printable:
            characters[byte] = chr(byte)
        else:
            characters[byte], extra = chr(extra), extra + 1
    return [characters[byte] for byte in range(256)] + ["th", "<|begin|>", "<|end|>"]


VOCABULARY = vocabulary()


def weights(name, shape, mean, amplitude):
    """mean + amplitude * u in 32-bit arithmetic, where u is uniform in [-1, 1): the upper 24 bits of SplitMix64, seeded
    with the FNV-1a hash of the tensor's name."""
    mask = (1 << 64) - 1
    state = 0xCBF29CE484222325
    for byte in name.encode():
        state = ((state ^ byte) * 0x100000001B3) & mask
    state ^= SEED
    count = math.prod(shape)
    values = np.empty(count, np.float32)
    for index in range(count):
        state = (state + 0x9E3779B97F4A7C15) & mask
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        z ^= z >> 31
        values[index] = ((z >> 40) - (1 << 23)) / (1 << 23)
    return (np.float32(mean) + np.float32(amplitude) * values).reshape(shape)


class Recipe:
    """A model's metadata and tensors. Shapes are [rows, columns], slowest first."""

    def __init__(self, architecture, name=None, **changes):
        self.architecture = architecture
        self.name = name or architecture
        self.metadata = {}
        self.tensors = {}
        self.specifications = []
        # What config.json has besides.
        self.folder = {}
        self.layers = changes.get("layers", LAYERS)
        keys = {
            "block_count": self.layers, "context_length": CONTEXT, "embedding_length": WIDTH,
            "feed_forward_length": LENGTH, "attention.head_count": HEADS,
            "attention.head_count_kv": changes.get("cache_heads", CACHE_HEADS),
        }
        for key, value in keys.items():
            self.set(key, value)

    def set(self, key, value):
        self.metadata[f"{self.architecture}.{key}"] = value

    def __getitem__(self, key):
        return self.metadata[f"{self.architecture}.{key}"]

    def add(self, name, *shape, mean=0.0, amplitude=None):
        amplitude = round(math.sqrt(3 / shape[-1]), 6) if amplitude is None else amplitude
        self.specifications.append({
            "name": name, "shape": list(reversed(shape)), "mean": mean, "amplitude": amplitude,
        })
        self.tensors[name] = weights(name, shape, mean, amplitude)

    def matrix(self, name, rows, columns, bias=False):
        self.add(f"{name}.weight", rows, columns)
        if bias:
            self.add(f"{name}.bias", rows, amplitude=0.2)

    def norm(self, name, count, bias=False):
        self.add(f"{name}.weight", count, mean=1.0, amplitude=0.2)
        if bias:
            self.add(f"{name}.bias", count, amplitude=0.2)

    def attention(self, block, bias=False, output_bias=False, fused=False, cache_heads=CACHE_HEADS):
        query, key = HEADS * SIZE, cache_heads * SIZE
        if fused:
            self.matrix(f"{block}.attn_qkv", query + 2 * key, WIDTH, bias)
        else:
            self.matrix(f"{block}.attn_q", query, WIDTH, bias)
            self.matrix(f"{block}.attn_k", key, WIDTH, bias)
            self.matrix(f"{block}.attn_v", key, WIDTH, bias)
        self.matrix(f"{block}.attn_output", WIDTH, query, output_bias)

    def gated(self, block):
        self.matrix(f"{block}.ffn_gate", LENGTH, WIDTH)
        self.matrix(f"{block}.ffn_up", LENGTH, WIDTH)
        self.matrix(f"{block}.ffn_down", WIDTH, LENGTH)

    def experts(self, block, length):
        self.matrix(f"{block}.ffn_gate_inp", EXPERTS, WIDTH)
        self.add(f"{block}.ffn_gate_exps.weight", EXPERTS, length, WIDTH)
        self.add(f"{block}.ffn_up_exps.weight", EXPERTS, length, WIDTH)
        self.add(f"{block}.ffn_down_exps.weight", EXPERTS, WIDTH, length)

    def weight(self, name):
        return self.tensors[f"{name}.weight"].astype(np.float64)

    def bias(self, name):
        tensor = self.tensors.get(f"{name}.bias")
        return 0.0 if tensor is None else tensor.astype(np.float64)

    def linear(self, name, x):
        return x @ self.weight(name).T + self.bias(name)

    def rms(self, name, x):
        return rms(x, self["attention.layer_norm_rms_epsilon"]) * self.weight(name)

    def layer_norm(self, name, x):
        x = x - x.mean(-1, keepdims=True)
        return rms(x, self["attention.layer_norm_epsilon"]) * self.weight(name) + self.bias(name)


# ------------------------------------------------------------------------------------------------------- the formulas


def rms(x, epsilon):
    return x / np.sqrt((x * x).mean(-1, keepdims=True) + np.float64(np.float32(epsilon)))


def silu(x):
    return x / (1 + np.exp(-x))


def gelu_tanh(x):
    return x / 2 * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x ** 3)))


def softmax(x):
    x = np.exp(x - x.max(-1, keepdims=True))
    return x / x.sum(-1, keepdims=True)


def frequencies(rotated, base):
    return np.float64(base) ** (-np.arange(0, rotated, 2) / rotated)


def rotate(x, frequencies, halves, magnitude=1.0):
    """x: [tokens][heads][size], of which the first 2 * len(frequencies) components turn."""
    angles = np.arange(len(x))[:, None, None] * frequencies
    cosines, sines = np.cos(angles) * magnitude, np.sin(angles) * magnitude
    half, result = len(frequencies), x.copy()
    first, second = (slice(0, half), slice(half, 2 * half)) if halves else (slice(0, 2 * half, 2), slice(1, 2 * half, 2))
    result[..., first] = x[..., first] * cosines - x[..., second] * sines
    result[..., second] = x[..., first] * sines + x[..., second] * cosines
    return result


def attend(q, k, v, scale, window=0, cap=0.0):
    """Causal; q: [tokens][heads][size], k and v: [tokens][cache heads][size]."""
    tokens, group = len(q), q.shape[1] // k.shape[1]
    k, v = k.repeat(group, axis=1), v.repeat(group, axis=1)
    scores = np.einsum("qhd,khd->hqk", q, k) * scale
    if cap:
        scores = cap * np.tanh(scores / cap)
    distance = np.arange(tokens)[:, None] - np.arange(tokens)[None, :]
    hidden = (distance < 0) | ((distance >= window) if window else False)
    return np.einsum("hqk,khd->qhd", softmax(np.where(hidden, -np.inf, scores)), v).reshape(tokens, -1)


def projections(model, block, x, cache_heads=CACHE_HEADS):
    query, key = HEADS * SIZE, cache_heads * SIZE
    if f"{block}.attn_qkv.weight" in model.tensors:
        parts = np.split(model.linear(f"{block}.attn_qkv", x), [query, query + key], axis=-1)
    else:
        parts = [model.linear(f"{block}.attn_{name}", x) for name in "qkv"]
    return parts


def heads(x):
    return x.reshape(len(x), -1, SIZE)


def embed(model, ids):
    return model.weight("token_embd")[ids]


def logits(model, x):
    name = "output" if "output.weight" in model.tensors else "token_embd"
    return x @ model.weight(name).T + model.bias("output")


def gated(model, block, x, activation=silu):
    return model.linear(
        f"{block}.ffn_down", activation(model.linear(f"{block}.ffn_gate", x)) * model.linear(f"{block}.ffn_up", x))


def mixture(model, block, x, normalizes):
    scores = softmax(model.linear(f"{block}.ffn_gate_inp", x))
    result = np.zeros_like(x)
    gate, up, down = (model.weight(f"{block}.ffn_{name}_exps") for name in ["gate", "up", "down"])
    for token, row in enumerate(scores):
        chosen = np.argsort(-row, kind="stable")[:USED]
        total = row[chosen].sum() if normalizes else 1
        for expert in chosen:
            hidden = silu(gate[expert] @ x[token]) * (up[expert] @ x[token])
            result[token] += row[expert] / total * (down[expert] @ hidden)
    return result


# ------------------------------------------------------------------------------------------------------- the families


def plain(model, ids, *, halves, activation=silu, feed_forward=None, embedding_scale=1.0, scale=SIZE ** -0.5,
          residual=1.0, head_norms=False, angles=None, magnitude=1.0, window=0, cap=0.0, post_norms=False):
    """Llama's layout and what its relatives add to it; yields the residual stream, then the logits."""
    angles = frequencies(SIZE, model["rope.freq_base"]) if angles is None else angles
    x = embed(model, ids) * embedding_scale
    yield x
    for layer in range(model.layers):
        block = f"blk.{layer}"
        q, k, v = map(heads, projections(model, block, model.rms(f"{block}.attn_norm", x)))
        if head_norms:
            q, k = model.rms(f"{block}.attn_q_norm", q), model.rms(f"{block}.attn_k_norm", k)
        turn = angles(layer) if callable(angles) else angles
        q, k = rotate(q, turn, halves, magnitude), rotate(k, turn, halves, magnitude)
        seen = window(layer) if callable(window) else window
        branch = model.linear(f"{block}.attn_output", attend(q, k, v, scale, seen, cap))
        if post_norms:
            branch = model.rms(f"{block}.post_attention_norm", branch)
        x = x + residual * branch
        branch = (feed_forward or gated)(model, block, model.rms(f"{block}.ffn_norm", x), activation)
        if post_norms:
            branch = model.rms(f"{block}.post_ffw_norm", branch)
        x = x + residual * branch
        yield x
    yield logits(model, model.rms("output_norm", x))


def skeleton(model, block_tensors, *, tied=True, norm_bias=False, output_bias=False, rope=True, layer_norm=False):
    model.set("attention.layer_norm_epsilon" if layer_norm else "attention.layer_norm_rms_epsilon", 1e-5)
    if rope:
        model.set("rope.freq_base", 10000.0)
    model.add("token_embd.weight", len(VOCABULARY), WIDTH)
    for layer in range(model.layers):
        block_tensors(f"blk.{layer}")
    model.norm("output_norm", WIDTH, norm_bias)
    if not tied:
        model.matrix("output", len(VOCABULARY), WIDTH, output_bias)
    return model


def plain_block(model, **options):
    def add(block):
        model.norm(f"{block}.attn_norm", WIDTH)
        model.attention(block, **options)
        model.norm(f"{block}.ffn_norm", WIDTH)
        model.gated(block)
    return add


def add_head_norms(model, block):
    model.norm(f"{block}.attn_q_norm", SIZE)
    model.norm(f"{block}.attn_k_norm", SIZE)


def add_post_norms(model, block):
    model.norm(f"{block}.post_attention_norm", WIDTH)
    model.norm(f"{block}.post_ffw_norm", WIDTH)


def llama(name=None, tied=False):
    model = Recipe("llama", name)
    return skeleton(model, plain_block(model), tied=tied)


def llama_plain():
    return llama(), lambda model, ids: plain(model, ids, halves=False)


def llama_3():
    """RoPE scaled as Llama 3.1 does it; files carry the divisors."""
    model = llama("llama with divisors", tied=True)
    angles = frequencies(SIZE, 10000.0)
    factor, low, high, trained = 8.0, 1.0, 4.0, 32
    divisors = []
    for frequency in angles:
        wavelength = 2 * math.pi / frequency
        smooth = (trained / wavelength - low) / (high - low)
        scaled = frequency / factor if wavelength > trained / low else frequency if wavelength < trained / high else (
            (1 - smooth) * frequency / factor + smooth * frequency)
        divisors.append(np.float32(frequency / scaled))
    # Given as values: no seed would make them.
    model.specifications.append({
        "name": "rope_freqs.weight", "shape": [SIZE // 2], "values": [float(divisor) for divisor in divisors],
    })
    model.tensors["rope_freqs.weight"] = np.array(divisors, np.float32)
    model.folder["rope_scaling"] = {
        "rope_type": "llama3", "factor": factor, "low_freq_factor": low, "high_freq_factor": high,
        "original_max_position_embeddings": trained,
    }
    return model, lambda model, ids: plain(model, ids, halves=False, angles=angles / np.array(divisors, np.float64))


def mistral():
    model = llama("llama with a window")
    model.set("attention.sliding_window", WINDOW)
    return model, lambda model, ids: plain(model, ids, halves=False, window=WINDOW)


def linear_scaling():
    model = llama("llama with linear scaling")
    model.set("rope.scaling.type", "linear")
    model.set("rope.scaling.factor", 4.0)
    model.folder["rope_scaling"] = {"type": "linear", "factor": 4.0}
    return model, lambda model, ids: plain(model, ids, halves=False, angles=frequencies(SIZE, 10000.0) / 4)


def yarn():
    """YaRN (Peng et al. 2023), section 3.2 to 3.4, as `transformers` computes it."""
    model = Recipe("qwen2", "qwen2 with YaRN")
    skeleton(model, plain_block(model, bias=True))
    factor, trained = 4.0, 16
    model.set("rope.scaling.type", "yarn")
    model.set("rope.scaling.factor", factor)
    model.set("rope.scaling.original_context_length", trained)

    model.folder["rope_scaling"] = {
        "rope_type": "yarn", "factor": factor, "original_max_position_embeddings": trained,
    }

    def dimension(turns):
        return SIZE * math.log(trained / (turns * 2 * math.pi)) / (2 * math.log(10000.0))

    low, high = max(math.floor(dimension(32)), 0), min(math.ceil(dimension(1)), SIZE - 1)
    ramp = np.clip((np.arange(SIZE // 2) - low) / max(high - low, 0.001), 0, 1)
    angles = frequencies(SIZE, 10000.0)
    angles = angles / factor * ramp + angles * (1 - ramp)
    return model, lambda model, ids: plain(
        model, ids, halves=True, angles=angles, magnitude=0.1 * math.log(factor) + 1)


def mixtral():
    model = Recipe("llama", "llama with experts")
    model.set("expert_count", EXPERTS)
    model.set("expert_used_count", USED)

    def add(block):
        model.norm(f"{block}.attn_norm", WIDTH)
        model.attention(block)
        model.norm(f"{block}.ffn_norm", WIDTH)
        model.experts(block, LENGTH)

    skeleton(model, add, tied=False)
    return model, lambda model, ids: plain(
        model, ids, halves=False, feed_forward=lambda model, block, x, _: mixture(model, block, x, True))


def qwen2():
    model = Recipe("qwen2")
    skeleton(model, plain_block(model, bias=True))
    return model, lambda model, ids: plain(model, ids, halves=True)


def qwen3():
    model = Recipe("qwen3")
    model.set("attention.key_length", SIZE)
    model.set("attention.value_length", SIZE)

    def add(block):
        plain_block(model)(block)
        add_head_norms(model, block)

    skeleton(model, add)
    return model, lambda model, ids: plain(model, ids, halves=True, head_norms=True)


def qwen3_experts():
    model = Recipe("qwen3moe")
    for key, value in {"expert_count": EXPERTS, "expert_used_count": USED,
                       "expert_feed_forward_length": EXPERT_LENGTH, "attention.key_length": SIZE,
                       "attention.value_length": SIZE}.items():
        model.set(key, value)

    def add(block):
        model.norm(f"{block}.attn_norm", WIDTH)
        model.attention(block)
        add_head_norms(model, block)
        model.norm(f"{block}.ffn_norm", WIDTH)
        model.experts(block, EXPERT_LENGTH)

    skeleton(model, add, tied=False)
    return model, lambda model, ids: plain(
        model, ids, halves=True, head_norms=True,
        feed_forward=lambda model, block, x, _: mixture(model, block, x, True))


def qwen2_experts():
    model = Recipe("qwen2moe")
    for key, value in {"expert_count": EXPERTS, "expert_used_count": USED,
                       "expert_feed_forward_length": EXPERT_LENGTH,
                       "expert_shared_feed_forward_length": SHARED_LENGTH}.items():
        model.set(key, value)

    def add(block):
        model.norm(f"{block}.attn_norm", WIDTH)
        model.attention(block, bias=True)
        model.norm(f"{block}.ffn_norm", WIDTH)
        model.experts(block, EXPERT_LENGTH)
        model.add(f"{block}.ffn_gate_inp_shexp.weight", WIDTH)
        model.matrix(f"{block}.ffn_gate_shexp", SHARED_LENGTH, WIDTH)
        model.matrix(f"{block}.ffn_up_shexp", SHARED_LENGTH, WIDTH)
        model.matrix(f"{block}.ffn_down_shexp", WIDTH, SHARED_LENGTH)

    def feed_forward(model, block, x, _):
        hidden = silu(model.linear(f"{block}.ffn_gate_shexp", x)) * model.linear(f"{block}.ffn_up_shexp", x)
        shared = model.linear(f"{block}.ffn_down_shexp", hidden)
        gate = 1 / (1 + np.exp(-x @ model.weight(f"{block}.ffn_gate_inp_shexp")))
        return mixture(model, block, x, False) + gate[:, None] * shared

    skeleton(model, add, tied=False)
    return model, lambda model, ids: plain(model, ids, halves=True, feed_forward=feed_forward)


def gemma():
    model = Recipe("gemma")
    model.set("attention.key_length", SIZE)
    model.set("attention.value_length", SIZE)
    skeleton(model, plain_block(model))
    return model, lambda model, ids: plain(
        model, ids, halves=True, activation=gelu_tanh, embedding_scale=math.sqrt(WIDTH))


def gemma2():
    model = Recipe("gemma2", layers=4)
    for key, value in {"attention.key_length": SIZE, "attention.value_length": SIZE,
                       "attention.sliding_window": WINDOW, "attn_logit_softcapping": 5.0,
                       "final_logit_softcapping": 3.0}.items():
        model.set(key, value)

    def add(block):
        plain_block(model)(block)
        add_post_norms(model, block)

    def run(model, ids):
        *streams, last = plain(
            model, ids, halves=True, activation=gelu_tanh, embedding_scale=math.sqrt(WIDTH), cap=5.0, post_norms=True,
            window=lambda layer: 0 if layer % 2 else WINDOW)
        yield from streams
        yield 3.0 * np.tanh(last / 3.0)

    return skeleton(model, add), run


def gemma3():
    model = Recipe("gemma3", layers=6)
    for key, value in {"attention.key_length": SIZE, "attention.value_length": SIZE,
                       "attention.sliding_window": WINDOW}.items():
        model.set(key, value)

    def add(block):
        plain_block(model)(block)
        add_head_norms(model, block)
        add_post_norms(model, block)

    skeleton(model, add)
    model.set("rope.freq_base", 1000000.0)
    return model, lambda model, ids: plain(
        model, ids, halves=True, activation=gelu_tanh, embedding_scale=math.sqrt(WIDTH), head_norms=True,
        post_norms=True, window=lambda layer: 0 if layer == 5 else WINDOW,
        angles=lambda layer: frequencies(SIZE, 1000000.0 if layer == 5 else 10000.0))


def granite():
    model = Recipe("granite")
    for key, value in {"embedding_scale": 12.0, "residual_scale": 0.22, "attention.scale": 0.0625,
                       "logit_scale": 8.0}.items():
        model.set(key, value)
    skeleton(model, plain_block(model))

    def run(model, ids):
        *streams, last = plain(model, ids, halves=False, embedding_scale=12.0, residual=0.22, scale=0.0625)
        yield from streams
        yield last / 8.0

    return model, run


def phi3():
    model = Recipe("phi3")
    model.set("rope.dimension_count", SIZE)

    def add(block):
        model.norm(f"{block}.attn_norm", WIDTH)
        model.attention(block, fused=True)
        model.norm(f"{block}.ffn_norm", WIDTH)
        model.matrix(f"{block}.ffn_up", 2 * LENGTH, WIDTH)
        model.matrix(f"{block}.ffn_down", WIDTH, LENGTH)

    def feed_forward(model, block, x, _):
        gate, up = np.split(model.linear(f"{block}.ffn_up", x), 2, axis=-1)
        return model.linear(f"{block}.ffn_down", silu(gate) * up)

    skeleton(model, add, tied=False)
    return model, lambda model, ids: plain(model, ids, halves=True, feed_forward=feed_forward)


def long_phi3():
    """LongRoPE, in a context beyond the first one: the long factors count."""
    model, _ = phi3()
    model.name = "phi3 with LongRoPE"
    trained = CONTEXT // 4
    magnitude = float(np.float32(math.sqrt(1 + math.log(CONTEXT / trained) / math.log(trained))))
    model.set("rope.scaling.original_context_length", trained)
    model.set("rope.scaling.attn_factor", magnitude)
    model.add("rope_factors_long.weight", SIZE // 2, mean=3.0, amplitude=1.0)
    model.add("rope_factors_short.weight", SIZE // 2, mean=1.2, amplitude=0.1)
    model.folder["original_max_position_embeddings"] = trained
    model.folder["rope_scaling"] = {
        "type": "longrope", "long_factor": model.weight("rope_factors_long").tolist(),
        "short_factor": model.weight("rope_factors_short").tolist(),
    }

    def feed_forward(model, block, x, _):
        gate, up = np.split(model.linear(f"{block}.ffn_up", x), 2, axis=-1)
        return model.linear(f"{block}.ffn_down", silu(gate) * up)

    angles = frequencies(SIZE, 10000.0) / model.weight("rope_factors_long")
    return model, lambda model, ids: plain(
        model, ids, halves=True, feed_forward=feed_forward, angles=angles, magnitude=magnitude)


def phi2():
    model = Recipe("phi2", cache_heads=HEADS)
    model.set("rope.dimension_count", SIZE // 2)

    def add(block):
        model.norm(f"{block}.attn_norm", WIDTH, bias=True)
        model.attention(block, bias=True, output_bias=True, fused=True, cache_heads=HEADS)
        model.matrix(f"{block}.ffn_up", LENGTH, WIDTH, bias=True)
        model.matrix(f"{block}.ffn_down", WIDTH, LENGTH, bias=True)

    def run(model, ids):
        turn = frequencies(SIZE // 2, 10000.0)
        x = embed(model, ids)
        yield x
        for layer in range(model.layers):
            block = f"blk.{layer}"
            normed = model.layer_norm(f"{block}.attn_norm", x)
            q, k, v = map(heads, projections(model, block, normed, HEADS))
            attended = attend(rotate(q, turn, True), rotate(k, turn, True), v, SIZE ** -0.5)
            x = x + model.linear(f"{block}.attn_output", attended) + model.linear(
                f"{block}.ffn_down", gelu_tanh(model.linear(f"{block}.ffn_up", normed)))
            yield x
        yield logits(model, model.layer_norm("output_norm", x))

    return skeleton(model, add, tied=False, norm_bias=True, output_bias=True, layer_norm=True), run


def gpt2():
    model = Recipe("gpt2", cache_heads=HEADS)
    model.add("position_embd.weight", CONTEXT, WIDTH)

    def add(block):
        model.norm(f"{block}.attn_norm", WIDTH, bias=True)
        model.attention(block, bias=True, output_bias=True, fused=True, cache_heads=HEADS)
        model.norm(f"{block}.ffn_norm", WIDTH, bias=True)
        model.matrix(f"{block}.ffn_up", LENGTH, WIDTH, bias=True)
        model.matrix(f"{block}.ffn_down", WIDTH, LENGTH, bias=True)

    def run(model, ids):
        x = embed(model, ids) + model.weight("position_embd")[:len(ids)]
        yield x
        for layer in range(model.layers):
            block = f"blk.{layer}"
            q, k, v = map(heads, projections(model, block, model.layer_norm(f"{block}.attn_norm", x), HEADS))
            x = x + model.linear(f"{block}.attn_output", attend(q, k, v, SIZE ** -0.5))
            hidden = gelu_tanh(model.linear(f"{block}.ffn_up", model.layer_norm(f"{block}.ffn_norm", x)))
            x = x + model.linear(f"{block}.ffn_down", hidden)
            yield x
        yield logits(model, model.layer_norm("output_norm", x))

    return skeleton(model, add, norm_bias=True, rope=False, layer_norm=True), run


def stablelm(parallel=False):
    model = Recipe("stablelm", "stablelm side by side" if parallel else None)
    model.set("rope.dimension_count", SIZE // 2)
    model.set("use_parallel_residual", parallel)

    def add(block):
        model.norm(f"{block}.attn_norm", WIDTH, bias=True)
        model.attention(block, bias=not parallel)
        if parallel:
            model.add(f"{block}.attn_q_norm.weight", HEADS, SIZE, mean=1.0, amplitude=0.2)
            model.add(f"{block}.attn_k_norm.weight", CACHE_HEADS, SIZE, mean=1.0, amplitude=0.2)
        else:
            model.norm(f"{block}.ffn_norm", WIDTH, bias=True)
        model.gated(block)

    def run(model, ids):
        turn = frequencies(SIZE // 2, 10000.0)
        x = embed(model, ids)
        yield x
        for layer in range(model.layers):
            block = f"blk.{layer}"
            normed = model.layer_norm(f"{block}.attn_norm", x)
            q, k, v = map(heads, projections(model, block, normed))
            if parallel:
                q, k = model.layer_norm(f"{block}.attn_q_norm", q), model.layer_norm(f"{block}.attn_k_norm", k)
            attended = attend(rotate(q, turn, True), rotate(k, turn, True), v, SIZE ** -0.5)
            x, before = x + model.linear(f"{block}.attn_output", attended), normed
            x = x + gated(model, block, before if parallel else model.layer_norm(f"{block}.ffn_norm", x))
            yield x
        yield logits(model, model.layer_norm("output_norm", x))

    return skeleton(model, add, tied=False, norm_bias=True, layer_norm=True), run


def starcoder2():
    model = Recipe("starcoder2")

    def add(block):
        model.norm(f"{block}.attn_norm", WIDTH, bias=True)
        model.attention(block, bias=True, output_bias=True)
        model.norm(f"{block}.ffn_norm", WIDTH, bias=True)
        model.matrix(f"{block}.ffn_up", LENGTH, WIDTH, bias=True)
        model.matrix(f"{block}.ffn_down", WIDTH, LENGTH, bias=True)

    def run(model, ids):
        turn = frequencies(SIZE, 10000.0)
        x = embed(model, ids)
        yield x
        for layer in range(model.layers):
            block = f"blk.{layer}"
            q, k, v = map(heads, projections(model, block, model.layer_norm(f"{block}.attn_norm", x)))
            attended = attend(rotate(q, turn, True), rotate(k, turn, True), v, SIZE ** -0.5)
            x = x + model.linear(f"{block}.attn_output", attended)
            hidden = gelu_tanh(model.linear(f"{block}.ffn_up", model.layer_norm(f"{block}.ffn_norm", x)))
            x = x + model.linear(f"{block}.ffn_down", hidden)
            yield x
        yield logits(model, model.layer_norm("output_norm", x))

    return skeleton(model, add, norm_bias=True, layer_norm=True), run


def olmo2():
    model = Recipe("olmo2")

    def add(block):
        model.attention(block)
        model.norm(f"{block}.attn_q_norm", HEADS * SIZE)
        model.norm(f"{block}.attn_k_norm", CACHE_HEADS * SIZE)
        model.norm(f"{block}.post_attention_norm", WIDTH)
        model.gated(block)
        model.norm(f"{block}.post_ffw_norm", WIDTH)

    def run(model, ids):
        turn = frequencies(SIZE, 10000.0)
        x = embed(model, ids)
        yield x
        for layer in range(model.layers):
            block = f"blk.{layer}"
            q, k, v = projections(model, block, x)
            q, k = model.rms(f"{block}.attn_q_norm", q), model.rms(f"{block}.attn_k_norm", k)
            q, k, v = heads(q), heads(k), heads(v)
            attended = attend(rotate(q, turn, True), rotate(k, turn, True), v, SIZE ** -0.5)
            x = x + model.rms(f"{block}.post_attention_norm", model.linear(f"{block}.attn_output", attended))
            x = x + model.rms(f"{block}.post_ffw_norm", gated(model, block, x))
            yield x
        yield logits(model, model.rms("output_norm", x))

    return skeleton(model, add, tied=False), run


def normal_share(x):
    return np.array([0.5 * math.erfc(-value / math.sqrt(2)) for value in x.ravel()]).reshape(x.shape)


def encoder(architecture):
    """BERT, or DistilBERT, which knows no second text: every token sees all others, norms stand behind the branches."""
    model = Recipe(architecture, cache_heads=HEADS)
    model.set("attention.layer_norm_epsilon", 1e-12)
    model.set("attention.causal", False)
    model.add("token_embd.weight", len(VOCABULARY), WIDTH)
    model.add("position_embd.weight", CONTEXT, WIDTH)
    if architecture == "bert":
        model.add("token_types.weight", 2, WIDTH)
    model.norm("token_embd_norm", WIDTH, bias=True)
    for layer in range(model.layers):
        block = f"blk.{layer}"
        model.attention(block, bias=True, output_bias=True, cache_heads=HEADS)
        model.norm(f"{block}.attn_output_norm", WIDTH, bias=True)
        model.matrix(f"{block}.ffn_up", LENGTH, WIDTH, bias=True)
        model.matrix(f"{block}.ffn_down", WIDTH, LENGTH, bias=True)
        model.norm(f"{block}.layer_output_norm", WIDTH, bias=True)
    model.matrix("cls", WIDTH, WIDTH, bias=True)
    model.matrix("cls.output", 3, WIDTH, bias=True)
    model.matrix("qa.output", 2, WIDTH, bias=True)
    return model


def run_encoder(model, ids, types):
    x = embed(model, ids) + model.weight("position_embd")[:len(ids)]
    if "token_types.weight" in model.tensors:
        x = x + model.weight("token_types")[types]
    x = model.layer_norm("token_embd_norm", x)
    yield x
    for layer in range(model.layers):
        block = f"blk.{layer}"
        q, k, v = map(heads, projections(model, block, x, HEADS))
        scores = softmax(np.einsum("qhd,khd->hqk", q, k) * SIZE ** -0.5)
        attended = np.einsum("hqk,khd->qhd", scores, v).reshape(len(ids), -1)
        x = model.layer_norm(f"{block}.attn_output_norm", x + model.linear(f"{block}.attn_output", attended))
        hidden = model.linear(f"{block}.ffn_up", x)
        branch = model.linear(f"{block}.ffn_down", hidden * normal_share(hidden))
        x = model.layer_norm(f"{block}.layer_output_norm", x + branch)
        yield x


def record_encoder(architecture):
    model = encoder(architecture)
    ids = [(37 * index * index + 11 * index + 5) % 256 for index in range(TOKENS)]
    types = [0] * (TOKENS // 2) + [1] * (TOKENS - TOKENS // 2)
    streams = list(run_encoder(model, np.array(ids), np.array(types)))
    dense = np.tanh if architecture == "bert" else lambda x: np.maximum(x, 0)
    first = dense(model.linear("cls", streams[-1][:1]))
    # A vector is of one text.
    alone = list(run_encoder(model, np.array(ids), np.zeros(TOKENS, int)))[-1].mean(0)
    spans = model.linear("qa.output", streams[-1])
    return {
        "name": model.name, "metadata": metadata_of(model), "tensors": model.specifications, "ids": ids, "types": types,
        "streams": [rounded(stream[-1]) for stream in streams],
        "vector": rounded(alone / np.linalg.norm(alone)),
        "classes": rounded(softmax(model.linear("cls.output", first))[0]),
        "begins": rounded(spans[:, 0]), "ends": rounded(spans[:, 1]),
    }


FAMILIES = [
    llama_plain, llama_3, mistral, linear_scaling, mixtral, qwen2, yarn, qwen3, qwen3_experts, qwen2_experts, gemma,
    gemma2, gemma3, granite, phi2, phi3, long_phi3, gpt2, stablelm, lambda: stablelm(parallel=True), olmo2,
    starcoder2,
]

# ------------------------------------------------------------------------------------------------------- recording


# Names of GGUF's types.
TYPES = {bool: "bool", int: "uint32", float: "float32", str: "string"}


def metadata_of(model):
    return [
        {"key": key, TYPES[type(value)]: value}
        for key, value in {"general.architecture": model.architecture, **model.metadata}.items()
    ]


def rounded(values):
    return [float(f"{value:.7g}") for value in values]


def record(family):
    model, run = family()
    ids = [(37 * index * index + 11 * index + 5) % 256 for index in range(TOKENS)]
    *streams, last = run(model, np.array(ids))
    document = {
        "name": model.name,
        "metadata": metadata_of(model),
        "tensors": model.specifications, "ids": ids,
        # Of the last token, after the embedding and after each layer.
        "streams": [rounded(stream[-1]) for stream in streams],
        "folder": {"config": json.dumps(folders.config_of(model)), "tensors": folders.tensors_of(model)},
        # After each of these many tokens.
        "logits": {str(count): rounded(last[count - 1]) for count in [1, WINDOW + 2, TOKENS]},
    }
    return model, document, last


def main():
    documents = []
    for family in FAMILIES:
        model, document, last = record(family)
        documents.append(document)
        print(model.name, file=sys.stderr)
        if "--llama.cpp" in sys.argv:
            import llama
            llama.compare(model, document["ids"], last, VOCABULARY)
    encoders = [record_encoder("bert"), record_encoder("distilbert")]
    fixture = {"vocabulary": VOCABULARY, "seed": SEED}
    path = pathlib.Path(__file__).with_name("architectures.json")
    path.write_text("".join([
        "{\n", *(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)},\n" for key, value in fixture.items()),
        '"models": [\n', ",\n".join(map(json.dumps, documents)), '\n],\n"encoders": [\n',
        ",\n".join(map(json.dumps, encoders)), "\n]}\n"]))


if __name__ == "__main__":
    main()
