"""The built program: as a server that runs while a block does, and as a command."""

import contextlib
import json
import os
import pathlib
import signal
import subprocess
import tempfile

KEY = "a-key-for-tests"
MODEL = "smollm2-135m-instruct"
DATA = pathlib.Path(os.environ.get("XDG_DATA_HOME") or pathlib.Path.home() / ".local/share") / "diptych/models"
ENCODER = DATA / "all-minilm-l6-v2"


class Server:
    """A running `diptych serve`."""

    def __init__(self, process, url, log):
        self.process = process
        self.url = url
        self.log = log

    def resident_bytes(self):
        with open(f"/proc/{self.process.pid}/status") as status:
            for line in status:
                if line.startswith("RssAnon:"):
                    return int(line.split()[1]) * 1024
        raise AssertionError("the process has no RssAnon")

    def log_text(self):
        self.log.seek(0)
        return self.log.read()

    def end(self, number=signal.SIGTERM):
        """Ends it as a user would; returns the exit status."""
        self.process.send_signal(number)
        return self.process.wait(timeout=30)


@contextlib.contextmanager
def serving(program, *arguments, key=KEY):
    environment = dict(os.environ, DIPTYCH_API_KEY=key or "")
    log = tempfile.TemporaryFile(mode="w+")
    process = subprocess.Popen(
        [program, "serve", *map(str, arguments), "--port", "0", "--json"],
        stdout=subprocess.PIPE, stderr=log, text=True, env=environment)
    try:
        document = ""
        for line in process.stdout:
            document += line
            if line.rstrip() == "}":
                break
        if not document:
            log.seek(0)
            raise AssertionError(f"the server didn't begin: {log.read()}")
        yield Server(process, json.loads(document)["url"], log)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def command(program, *arguments):
    """What a subcommand writes with --json."""
    result = subprocess.run(
        [program, *map(str, arguments), "--json"], capture_output=True, text=True, timeout=300)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)
