"""A program in a terminal of its own, seen from the terminal's side: what it writes, when, and what it costs."""

import fcntl
import glob
import json
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time

TICK = os.sysconf("SC_CLK_TCK")


class PseudoTerminal:
    def __init__(self, command, columns, rows, environment):
        self.master, end = pty.openpty()
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.process = subprocess.Popen(
            command, stdin=end, stdout=end, stderr=end, env={**os.environ, **environment}, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        os.close(end)
        self.poll = select.poll()
        self.poll.register(self.master, select.POLLIN)
        self.bytes = 0

    def type(self, text):
        os.write(self.master, text.encode())

    def read(self, seconds):
        """What comes within a time; empty where nothing does."""
        if not self.poll.poll(max(0, 1000 * seconds)):
            return b""
        try:
            read = os.read(self.master, 1 << 16)
        except OSError:
            read = b""
        if not read and self.process.poll() is not None:
            raise RuntimeError(f"{self.process.args[0]} ended with status {self.process.returncode}")
        self.bytes += len(read)
        return read

    def pump(self, seconds):
        """Takes what comes for a while."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.read(left)

    def wait(self, what, is_there, seconds=120):
        """Takes what comes until a condition holds, which is looked at many times a second."""
        end = time.monotonic() + seconds
        while not is_there():
            if time.monotonic() > end:
                raise RuntimeError(f"{what} didn't come within {seconds} s")
            self.read(0.02)

    def wait_for(self, text, seconds):
        """The time at which a text came; None where it doesn't."""
        wanted, tail, end = text.encode(), b"", time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            read = self.read(left)
            now = time.monotonic()
            if wanted in tail + read:
                return now
            tail = (tail + read)[-len(wanted):]
        return None

    def processor_seconds(self):
        """What the process has taken of all processors so far."""
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def close(self):
        """Leaves as a user does, or by force."""
        for _ in range(100):
            if self.process.poll() is not None:
                break
            self.type("\x03")
            try:
                self.pump(0.1)
            except RuntimeError:
                break
        else:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self.master)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class SessionFile:
    """The records that the program writes while it runs."""

    def __init__(self, state):
        self.folder = os.path.join(state, "diptych", "sessions")
        self.file = None
        self.rest = b""
        self.records = []

    def read(self):
        """All records so far."""
        if self.file is None:
            paths = glob.glob(os.path.join(self.folder, "*.jsonl"))
            if not paths:
                return self.records
            self.file = open(paths[0], "rb")
        *lines, self.rest = (self.rest + self.file.read()).split(b"\n")
        self.records += [json.loads(line) for line in lines]
        return self.records

    def count(self, *kinds):
        return sum(record["kind"] in kinds for record in self.read())
