"""ik_llama.cpp, through the wheel `ik-llama-cpp-python`: `llama_decode` alone is timed.

Arguments: the model, the threads, the context. Answers each line of standard input with one line (see protocol.py).
"""

import ctypes
import time

from ik_llama_cpp import _ctypes_api as library
from ik_llama_cpp import _internals as internals

import protocol

BATCH = 512

# The wheel's own bindings leave this one out.
remove = library._lib.llama_kv_cache_seq_rm
remove.argtypes = [ctypes.c_void_p, ctypes.c_int32, ctypes.c_int32, ctypes.c_int32]
remove.restype = ctypes.c_bool


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
        return self.measure(depth, count, BATCH)

    def decode(self, count, depth):
        self.fill(max(depth, 1))
        return self.measure(max(depth, 1), count, 1)

    def measure(self, depth, count, step):
        sequence = protocol.tokens(depth + count)
        start = time.monotonic()
        self.append(sequence, depth, step)
        return count, time.monotonic() - start

    def fill(self, depth):
        """Leaves exactly the first tokens in the KV cache; those that are there aren't computed again."""
        kept = min(self.filled, depth)
        if kept == 0:
            library.llama_kv_cache_clear(self.context)
        elif not remove(self.context, 0, kept, -1):
            raise RuntimeError("ik_llama.cpp: the KV cache can't be cut")
        self.append(protocol.tokens(depth), kept, BATCH)
        self.filled = depth

    def append(self, sequence, position, step):
        for first in range(position, len(sequence), step):
            tokens = sequence[first:first + step]
            batch = internals.make_batch_range(tokens, pos_start=first)
            status = library.llama_decode(self.context, batch)
            if status != 0:
                raise RuntimeError(f"ik_llama.cpp: llama_decode returned {status}")
            library.llama_get_logits_ith(self.context, len(tokens) - 1)
            library.llama_batch_free(batch)


if __name__ == "__main__":
    protocol.serve(Engine)
