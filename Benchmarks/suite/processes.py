"""Processes that are timed and weighed as a whole."""

import os
import subprocess
import time


def run(command, text=""):
    """Runs a process to its end. Returns its output, its time in seconds and its peak resident memory in bytes."""
    start = time.monotonic()
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    process.stdin.write(text)
    process.stdin.close()
    output = process.stdout.read()
    process.stdout.close()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with status {process.returncode}")
    return output, seconds, usage.ru_maxrss * 1024
