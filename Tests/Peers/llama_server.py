"""llama.cpp's own server, from PyPI's xllamacpp, in a process of its own.

    python llama_server.py MODEL.gguf CONTEXT PORT [THREADS [ANSWERS]]

ANSWERS is how many it gives at once (1).
"""

import contextlib
import json
import socket
import subprocess
import sys
import time
import urllib.request


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextlib.contextmanager
def serving(model, context=2048):
    """The server's address, once it has loaded the model."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, __file__, str(model), str(context), str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            with contextlib.suppress(OSError):
                with urllib.request.urlopen(f"{url}/health", timeout=5) as answer:
                    if json.load(answer).get("status") == "ok":
                        break
            assert process.poll() is None, "llama.cpp's server ended"
            time.sleep(0.1)
        else:
            raise AssertionError("llama.cpp's server didn't begin")
        yield url
    finally:
        process.kill()
        process.wait()


def main():
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = sys.argv[1]
    parameters.n_ctx = int(sys.argv[2])
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = int(sys.argv[3])
    parameters.n_parallel = int(sys.argv[5]) if len(sys.argv) > 5 else 1
    if len(sys.argv) > 4:
        parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = int(sys.argv[4])
    server = xllamacpp.Server(parameters)
    print(server.listening_address, flush=True)
    while True:
        time.sleep(60)


if __name__ == "__main__":
    main()
