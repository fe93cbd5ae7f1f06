#!/usr/bin/env python3
"""Perplexity of text.txt by llama.cpp, for the models of the catalog: the logits of its library's own `llama_decode`, and
from them perplexity as llama-perplexity defines it.

    python3 record.py MODEL.gguf …        writes perplexity.json

Needs `xllamacpp` 2026.10 and numpy from PyPI.
"""

import ctypes
import json
import pathlib
import sys

import numpy as np
import xllamacpp

CHUNK = 256
FOLDER = pathlib.Path(__file__).parent


class Parameters(ctypes.Structure):
    """More room than any of the library's parameter structures takes: larger ones are handed over in memory, of which the
    library reads its part."""

    _fields_ = [("words", ctypes.c_uint32 * 256)]


class Batch(ctypes.Structure):
    _fields_ = [("n_tokens", ctypes.c_int32)] + [
        (name, ctypes.c_void_p) for name in ["token", "embd", "pos", "n_seq_id", "seq_id", "logits"]
    ]


library = ctypes.CDLL(str(next(pathlib.Path(xllamacpp.__file__).parent.glob("*.so"))))
for name, result, arguments in [
    ("llama_model_default_params", Parameters, []),
    ("llama_context_default_params", Parameters, []),
    ("llama_model_load_from_file", ctypes.c_void_p, [ctypes.c_char_p, Parameters]),
    ("llama_init_from_model", ctypes.c_void_p, [ctypes.c_void_p, Parameters]),
    ("llama_model_get_vocab", ctypes.c_void_p, [ctypes.c_void_p]),
    ("llama_vocab_n_tokens", ctypes.c_int32, [ctypes.c_void_p]),
    ("llama_vocab_get_add_bos", ctypes.c_bool, [ctypes.c_void_p]),
    ("llama_vocab_bos", ctypes.c_int32, [ctypes.c_void_p]),
    ("llama_tokenize", ctypes.c_int32, [
        ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int32, ctypes.c_void_p, ctypes.c_int32, ctypes.c_bool, ctypes.c_bool,
    ]),
    ("llama_get_memory", ctypes.c_void_p, [ctypes.c_void_p]),
    ("llama_memory_clear", None, [ctypes.c_void_p, ctypes.c_bool]),
    ("llama_batch_init", Batch, [ctypes.c_int32, ctypes.c_int32, ctypes.c_int32]),
    ("llama_decode", ctypes.c_int32, [ctypes.c_void_p, Batch]),
    ("llama_get_logits_ith", ctypes.POINTER(ctypes.c_float), [ctypes.c_void_p, ctypes.c_int32]),
]:
    function = getattr(library, name)
    function.restype, function.argtypes = result, arguments


def open_model(path):
    model = library.llama_model_load_from_file(path.encode(), library.llama_model_default_params())
    parameters = library.llama_context_default_params()
    # n_ctx, n_batch, n_ubatch, n_seq_max, and the threads: the first words.
    parameters.words[0] = parameters.words[1] = parameters.words[2] = CHUNK
    return model, library.llama_init_from_model(model, parameters)


def tokenize(vocabulary, text):
    tokens = (ctypes.c_int32 * (2 * len(text)))()
    count = library.llama_tokenize(vocabulary, text, len(text), tokens, len(tokens), True, False)
    return list(tokens[:count])


def logits(context, tokens, size):
    library.llama_memory_clear(library.llama_get_memory(context), True)
    batch = library.llama_batch_init(len(tokens), 0, 1)
    batch.n_tokens = len(tokens)
    of = lambda pointer, kind: ctypes.cast(pointer, ctypes.POINTER(kind))
    for index, token in enumerate(tokens):
        of(batch.token, ctypes.c_int32)[index] = token
        of(batch.pos, ctypes.c_int32)[index] = index
        of(batch.n_seq_id, ctypes.c_int32)[index] = 1
        of(batch.seq_id, ctypes.POINTER(ctypes.c_int32))[index][0] = 0
        of(batch.logits, ctypes.c_int8)[index] = 1
    if library.llama_decode(context, batch) != 0:
        raise RuntimeError("llama_decode failed")
    return [np.ctypeslib.as_array(library.llama_get_logits_ith(context, i), (size,)).astype(np.float64)
            for i in range(len(tokens))]


def perplexity(path):
    model, context = open_model(path)
    vocabulary = library.llama_model_get_vocab(model)
    size = library.llama_vocab_n_tokens(vocabulary)
    tokens = tokenize(vocabulary, (FOLDER / "text.txt").read_bytes())
    losses = []
    for start in range(0, len(tokens) - CHUNK + 1, CHUNK):
        chunk = tokens[start:start + CHUNK]
        if library.llama_vocab_get_add_bos(vocabulary):
            chunk[0] = library.llama_vocab_bos(vocabulary)
        rows = logits(context, chunk, size)
        # The second half is scored, so that every token has half of the context before it.
        for index in range(CHUNK // 2, CHUNK - 1):
            row = rows[index] - rows[index].max()
            losses.append(np.log(np.exp(row).sum()) - row[tokens[start + index + 1]])
    return {"tokens": len(tokens), "scored": len(losses), "perplexity": float(np.exp(np.mean(losses)))}


if __name__ == "__main__":
    results = {pathlib.Path(path).name: perplexity(path) for path in sys.argv[1:]}
    document = {"chunk": CHUNK, "models": results}
    (FOLDER / "perplexity.json").write_text(json.dumps(document, indent=1) + "\n")
    print(json.dumps(document, indent=1))
