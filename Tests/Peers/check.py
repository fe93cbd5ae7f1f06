"""Runs every check, says how each went, and fails if one did."""

import argparse
import signal
import sys
import time
import traceback

import openai

import backend_checks
import client_checks
import load
from program import ENCODER, KEY, MODEL, serving
import secure_checks


def attempt(name, check):
    begin = time.monotonic()
    try:
        check()
    except Exception:
        print(f"FAILED {name}", flush=True)
        traceback.print_exc()
        return False
    print(f"passed {name} ({time.monotonic() - begin:.1f} s)", flush=True)
    return True


def check_clients(program):
    results = []
    with serving(program, MODEL, ENCODER, "--context", 1024, "--parallel", 2) as server:
        client = openai.OpenAI(base_url=server.url, api_key=KEY, max_retries=0, timeout=120)
        for check in client_checks.ALL:
            results.append(attempt(f"openai {check.__name__}", lambda: check(client, program)))
        results.append(attempt("interrupted", lambda: client_checks.expect(
            server.end(signal.SIGINT) == 130, f"exit status {server.process.returncode}")))
        results.append(attempt("log without key or text", lambda: client_checks.expect(
            KEY not in server.log_text() and "rainbow" not in server.log_text()
            and "POST /v1/chat/completions 200" in server.log_text(), server.log_text())))
    return all(results)


def check_backend(program):
    """The other way round: our backend against servers of other people, and against ours."""
    results = [
        attempt(f"backend {check.__name__}, {model}", lambda: check(program, model))
        for check, model in backend_checks.ALL]
    results += [attempt(f"backend {check.__name__}", lambda: check(program)) for check in secure_checks.ALL]
    return all(results)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", default=".build/release/diptych", help="the built program")
    parser.add_argument("--seconds", type=float, default=60, help="how long the crowd stays (60)")
    options = parser.parse_args()
    passed = check_backend(options.program)
    passed &= check_clients(options.program)
    for parallel in (load.CLIENTS, 4):
        passed &= attempt(
            f"crowd, {parallel} at a time", lambda: load.run(options.program, options.seconds, parallel))
    sys.exit(0 if passed else 1)


if __name__ == "__main__":
    main()
