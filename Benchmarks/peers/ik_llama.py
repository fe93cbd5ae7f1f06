"""ik_llama.cpp, through the wheel `ik-llama-cpp-python`: `llama_decode` alone is timed.

Arguments: the model, the threads, the context. Answers each line of standard input with one line (see protocol.py).
"""

import time

from ik_llama_cpp import _ctypes_api as library
from ik_llama_cpp import _internals as internals

import protocol

BATCH = 512


class Engine:
    def __init__(self, model, threads, context):
        library.llama_backend_init()
        self.model = library.llama_model_load_from_file(model.encode(), library.llama_model_default_params())
        parameters = library.llama_context_default_params()
        parameters.n_ctx = context
        parameters.n_threads = parameters.n_threads_batch = threads
        parameters.n_batch = parameters.n_ubatch = BATCH
        self.context = library.llama_init_from_model(self.model, parameters)
        self.filled = 0

    def prefill(self, count, depth):
        self.fill(depth)
        sequence = protocol.tokens(depth + count)
        start = time.monotonic()
        for first in range(depth, depth + count, BATCH):
            self.append(sequence[first:first + BATCH], first)
        return count, time.monotonic() - start

    def decode(self, count, depth):
        depth = max(depth, 1)
        self.fill(depth)
        sequence = protocol.tokens(depth + count)
        start = time.monotonic()
        for position in range(depth, depth + count):
            self.append(sequence[position:position + 1], position)
        return count, time.monotonic() - start

    def fill(self, depth):
        """Leaves exactly the first tokens in the KV cache."""
        if self.filled == depth and depth > 0:
            library.llama_kv_cache_seq_rm(self.context, 0, depth, -1)
            return
        library.llama_kv_cache_clear(self.context)
        sequence = protocol.tokens(depth)
        for first in range(0, depth, BATCH):
            self.append(sequence[first:first + BATCH], first)
        self.filled = depth

    def append(self, tokens, position):
        batch = internals.make_batch_range(tokens, pos_start=position)
        status = library.llama_decode(self.context, batch)
        if status != 0:
            raise RuntimeError(f"ik_llama.cpp: llama_decode returned {status}")
        library.llama_get_logits_ith(self.context, len(tokens) - 1)
        library.llama_batch_free(batch)


if __name__ == "__main__":
    protocol.serve(Engine)
