"""What the driver and a peer say to each other: one JSON value a line.

    -> {"kind": "prefill", "tokens": 512, "depth": 0}
    <- {"tokens": 512, "seconds": 1.25}

The first answer, which no question asked for, says that the model is loaded: {"ready": seconds}.
"""

import json
import os
import sys
import time


def tokens(count):
    """Fixed pseudo-random tokens, made as `diptych bench` makes its own, from what all vocabularies have in common."""
    return [(7919 * index + 100) % 20000 for index in range(count)]


def serve(engine_type):
    model, threads, context = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    # The libraries write to standard output as they please; the answers get a descriptor of their own.
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    start = time.monotonic()
    engine = engine_type(model, threads, context)
    print(json.dumps({"ready": time.monotonic() - start}), file=answers)
    for line in sys.stdin:
        question = json.loads(line)
        measure = engine.prefill if question["kind"] == "prefill" else engine.decode
        count, seconds = measure(question["tokens"], question["depth"])
        print(json.dumps({"tokens": count, "seconds": seconds}), file=answers)
    # The libraries' own threads need no orderly end.
    os._exit(0)
