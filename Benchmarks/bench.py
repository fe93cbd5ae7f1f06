"""Compares Diptych with other engines on this machine, in one run, in turns.

    make bench                                        everything; it takes about an hour
    make bench BENCH="--sections speed --rounds 3"    a part of it

Progress goes to standard error, tables to standard output, every figure to .build-bench/results.json.
"""

import argparse
import json
import os
import sys

from suite import (
    depth, first_token, kernels, machine, memory, readme, screen, serving, setting as settings, sharing, speculation,
    speed, tokenizer,
)
from suite.setting import FOLDER, MODELS, PEERS, ROOT, say

SECTIONS = {
    "machine": ("What the machine can do", machine),
    "speed": ("Speed from an empty context: median (least…most), tokens a second", speed),
    "kernels": ("Kernels: one token, streaming weights; 512 tokens", kernels),
    "first-token": ("First token of a new process", first_token),
    "memory": ("Peak memory after 64 tokens, at a context of 2048", memory),
    "depth": ("Decode after many tokens, prefill of many: tokens a second", depth),
    "sharing": ("Work done when the machine is shared", sharing),
    "speculation": ("Speculation: times the speed without guesses", speculation),
    "tokenizer": ("Tokenizing on one thread", tokenizer),
    "serving": ("Two servers and one client: median (least…most)", serving),
    "screen": ("The playground: keys, cost, bytes", screen),
}
# Sections that compare Diptych with nobody.
ALONE = {"screen"}
# Sections whose tables stand beside the machine's limits.
LIMITED = {"speed", "kernels", "depth"}


def parse():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--program", default=str(ROOT / ".build/release/diptych"), help="the built program")
    parser.add_argument("--rounds", type=int, default=5, help="measure everything so many times (5)")
    parser.add_argument("--threads", type=int, default=2, help="of each engine (2)")
    parser.add_argument("--models", nargs="+", default=MODELS, metavar="ID", help="catalog ids (four of them)")
    parser.add_argument("--sections", nargs="+", choices=SECTIONS, default=list(SECTIONS), help="what to measure")
    parser.add_argument("--readme", action="store_true", help="put the table of speeds into README.md")
    options = parser.parse_args()
    if options.rounds < 1 or options.threads < 1:
        parser.error("--rounds and --threads must be 1 or more")
    if options.readme and "speed" not in options.sections:
        parser.error("--readme needs the section speed")
    return options


def main():
    options = parse()
    setting = settings.Setting(options)
    setting.prepare(needs_peers=not ALONE.issuperset(options.sections))
    facts = settings.machine()
    if facts["load_average"] > 0.5:
        say(f"The machine isn't idle (load average {facts['load_average']}): the figures will suffer.")
    results = {"machine": facts, "peers": PEERS, "threads": options.threads, "rounds": options.rounds, "sections": {}}
    wanted = [name for name in SECTIONS if name in options.sections]
    if LIMITED.intersection(wanted) and "machine" not in wanted:
        wanted.insert(0, "machine")
    print(f"{facts['processor']}, {facts['cores']} cores, {options.threads} threads, {facts['date']}; "
          f"peers: {', '.join(PEERS.values())}; {options.rounds} rounds\n")
    for name in wanted:
        title, section = SECTIONS[name]
        say(f"{name}: {title[0].lower()}{title[1:]}")
        result = results["sections"][name] = section.run(setting)
        if name == "machine":
            setting.limits = result
        print(f"{title}\n\n{section.text(result, setting)}", flush=True)
        # Written after every section, so that an interrupted run leaves what it has.
        (FOLDER / "results.json").write_text(json.dumps(results, indent=1) + "\n")
    if options.readme:
        readme.write(results)


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    try:
        main()
    except KeyboardInterrupt:
        os._exit(130)
