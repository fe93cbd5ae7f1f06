"""The remote backend over TLS: HTTP/2 and HTTP/1.1, a certificate that nobody vouches for, and cancelling."""

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import tempfile
import threading
import time

import hypercorn.asyncio
import hypercorn.config

from llama_server import free_port


class Application:
    """Streams an answer as a server of the protocol does; one that never ends if the prompt asks for it."""

    def __init__(self):
        self.versions = []
        self.departures = 0

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return
        self.versions.append(scope["http_version"])
        body = b""
        if scope["method"] == "POST":
            while True:
                message = await receive()
                body += message.get("body", b"")
                if not message.get("more_body"):
                    break
        if scope["path"].endswith("/models"):
            return await self.respond(send, b"application/json", [json.dumps({"data": [{"id": "big"}]}).encode()])
        await send({"type": "http.response.start", "status": 200,
                    "headers": [(b"content-type", b"text/event-stream")]})
        if b"for ever" in body:
            return await self.stream_until_gone(receive, send)
        for text in ("The ", "Rhine"):
            await send({"type": "http.response.body", "body": self.event(text), "more_body": True})
            await asyncio.sleep(0.02)
        await send({"type": "http.response.body", "body": b"data: [DONE]\n\n"})

    async def stream_until_gone(self, receive, send):
        async def stream():
            while True:
                await send({"type": "http.response.body", "body": self.event("more "), "more_body": True})
                await asyncio.sleep(0.02)
        streaming = asyncio.ensure_future(stream())
        while (await receive())["type"] != "http.disconnect":
            pass
        self.departures += 1
        streaming.cancel()

    @staticmethod
    def event(text):
        return f"data: {json.dumps({'choices': [{'index': 0, 'delta': {'content': text}}]})}\n\n".encode()

    @staticmethod
    async def respond(send, kind, pieces):
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind)]})
        for piece in pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


@contextlib.contextmanager
def serving(protocols):
    """The application over TLS, with a certificate of its own for this machine."""
    with tempfile.TemporaryDirectory() as folder:
        certificate, key = f"{folder}/certificate.pem", f"{folder}/key.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost",
             "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
            check=True, capture_output=True)
        config = hypercorn.config.Config()
        port = free_port()
        config.bind = [f"127.0.0.1:{port}"]
        config.certfile, config.keyfile = certificate, key
        config.alpn_protocols = protocols
        config.errorlog = None
        application = Application()
        loop = asyncio.new_event_loop()
        ended = asyncio.Event()
        server = threading.Thread(
            target=lambda: loop.run_until_complete(
                hypercorn.asyncio.serve(application, config, shutdown_trigger=ended.wait)), daemon=True)
        server.start()
        time.sleep(1)
        yield f"https://localhost:{port}", certificate, application
        loop.call_soon_threadsafe(ended.set)
        server.join(timeout=20)


def arguments(program, url, prompt):
    return [program, "run", f"openai:big@{url}", "-p", prompt, "-n", "500", "--json"]


def environment(certificate):
    return dict(os.environ, SSL_CERT_FILE=certificate) if certificate else dict(os.environ)


def answers(program, protocols, version):
    with serving(protocols) as (url, certificate, application):
        result = subprocess.run(
            arguments(program, url, "Name a river."), capture_output=True, text=True, timeout=60,
            env=environment(certificate))
        assert result.returncode == 0, result.stderr
        document = json.loads(result.stdout)
        request = document["metrics"]["request"]
        assert document["text"] == "The Rhine" and request["http_version"] == version, document
        # The list of models came over the connection that the answer then used.
        assert request["reused_connection"], request
        stranger = subprocess.run(
            arguments(program, url, "x"), capture_output=True, text=True, timeout=60, env=environment(None))
        assert stranger.returncode == 1 and "no secure connection" in stranger.stderr, stranger.stderr
        assert application.versions.count(version.removeprefix("HTTP/")) == 2, application.versions


def http2(program):
    answers(program, ["h2", "http/1.1"], "HTTP/2")


def http1(program):
    answers(program, ["http/1.1"], "HTTP/1.1")


def cancelling(program):
    """Whoever interrupts the program ends the request at the server."""
    for protocols in (["h2"], ["http/1.1"]):
        with serving(protocols) as (url, certificate, application):
            process = subprocess.Popen(
                arguments(program, url, "Talk for ever."), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                env=environment(certificate))
            time.sleep(2)
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=20) == 130, process.returncode
            for _ in range(200):
                if application.departures:
                    break
                time.sleep(0.05)
            assert application.departures == 1, f"{protocols}: the server wasn't told"


ALL = [http2, http1, cancelling]
