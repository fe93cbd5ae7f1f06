"""Section "serving": our server and llama.cpp's over loopback, asked by the same client, which is neither's.

One answer after another: time to first token and decode speed as the client sees them, the prompt computed anew each
time. Then several clients at once: tokens a second of all together."""

import http.client
import json
import socket
import subprocess
import threading
import time
import urllib.request

from . import tables
from .measuring import in_turns
from .setting import ROOT, say

CONTEXT, ANSWER, CLIENTS = 2048, 64, 4
PROMPT = (
    "A keeper lives in a lighthouse at the end of a long pier. Every evening the lamp is lit, and every morning the "
    "boats come home with fish, salt, wood and letters from the other side of the sea. "
) * 4 + "Tell a long story about the keeper."


def run(setting):
    results = {}
    for model in setting.models:
        say(f"  {model}")
        with Served(setting, model, own_command(setting, model)) as own, \
                Served(setting, model, peer_command(setting, model)) as peer:
            # Weights are in memory before anything is timed.
            for server in own, peer:
                server.ask()
            results[model] = in_turns(setting.rounds, {
                f"{name} {what}": measure
                for name, server in (("diptych", own), ("llama.cpp", peer))
                for what, measure in (("one", server.one), ("several", server.several))
            })
    return results


def own_command(setting, model):
    return lambda port: [
        setting.program, "serve", setting.paths[model], "--port", str(port), "--context", str(CONTEXT), "--quiet",
        "--parallel", str(CLIENTS), "--threads", str(setting.threads),
    ]


def peer_command(setting, model):
    script = ROOT / "Tests" / "Peers" / "llama_server.py"
    # llama.cpp divides its context between those whom it answers at once.
    return lambda port: [
        setting.python, str(script), setting.paths[model], str(CLIENTS * CONTEXT), str(port), str(setting.threads),
        str(CLIENTS),
    ]


class Served:
    """A server that runs while a block does."""

    def __init__(self, setting, model, command):
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            self.port = listener.getsockname()[1]
        self.command = command(self.port)

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=5) as answer:
                    if answer.status == 200:
                        return self
            except OSError:
                pass
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        self.process.kill()
        raise RuntimeError(f"{self.command[0]} didn't begin to serve")

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def ask(self):
        """One streamed answer: seconds from the question to each token, and the tokens that the server counted."""
        body = json.dumps({
            "messages": [{"role": "user", "content": PROMPT}], "temperature": 0, "max_tokens": ANSWER, "stream": True,
            "stream_options": {"include_usage": True}, "cache_prompt": False})
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        begin = time.monotonic()
        connection.request("POST", "/v1/chat/completions", body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        if response.status != 200:
            raise RuntimeError(f"a server answered {response.status}: {response.read()[:200]}")
        times, count = [], 0
        for line in response:
            if not line.startswith(b"data: {"):
                continue
            event = json.loads(line[6:])
            if any(choice["delta"].get("content") for choice in event["choices"]):
                times.append(time.monotonic() - begin)
            count = (event.get("usage") or {}).get("completion_tokens", count)
        connection.close()
        return times, count

    def one(self):
        times, count = self.ask()
        return {"first_token_ms": 1000 * times[0], "decode": (count - 1) / (times[-1] - times[0])}

    def several(self):
        counts = []
        begin = time.monotonic()
        clients = [threading.Thread(target=lambda: counts.append(self.ask()[1])) for _ in range(CLIENTS)]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
        return {"together": sum(counts) / (time.monotonic() - begin)}


def text(results, setting):
    table = [[
        "over HTTP", "first token, ms: Diptych", "llama.cpp", "ratio", "decode, tok/s: Diptych", "llama.cpp", "ratio",
        f"{CLIENTS} clients, tok/s: Diptych", "llama.cpp", "ratio",
    ]]
    for model, result in results.items():
        row = [model]
        for what, figure in (("one", "first_token_ms"), ("one", "decode"), ("several", "together")):
            own, peer = (result[f"{name} {what}"][figure] for name in ("diptych", "llama.cpp"))
            row += [tables.spread(own), tables.spread(peer), tables.ratio(own["median"] / peer["median"])]
        table.append(row)
    return tables.text(table)
