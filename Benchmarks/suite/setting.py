"""What a run needs: the program, the peers in a virtual environment, the models, the compiled measuring programs."""

import datetime
import json
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".build-bench"
PEERS = {"llama.cpp": "xllamacpp==2026.10.11549", "ik_llama.cpp": "ik-llama-cpp-python==0.1.5"}
# What the section "tokenizer" needs.
TOKENIZERS = ["tokenizers==0.23.3", "gguf==0.19.0"]
SCRIPTS = {"llama.cpp": "llama.py", "ik_llama.cpp": "ik_llama.py"}
MODELS = [
    "smollm2-135m-instruct", "gemma3-270m", "qwen2.5-coder-0.5b-instruct", "qwen2.5-coder-1.5b-instruct",
]


def say(text):
    print(text, file=sys.stderr, flush=True)


class Setting:
    def __init__(self, options):
        self.threads = options.threads
        self.rounds = options.rounds
        self.program = os.path.abspath(options.program)
        self.models = options.models
        self.paths = {}
        self.python = str(FOLDER / "venv" / "bin" / "python")
        self.limits = None  # what the section "machine" measured

    def prepare(self, needs_peers):
        FOLDER.mkdir(exist_ok=True)
        if needs_peers:
            self.install_peers()
        for model in self.models:
            subprocess.run([self.program, "models", "pull", model], check=True, stdout=subprocess.DEVNULL)
            self.paths[model] = self.output("models", "path", model).strip()

    def install_peers(self):
        if not os.path.exists(self.python):
            subprocess.run([sys.executable, "-m", "venv", str(FOLDER / "venv")], check=True)
        pip = [self.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run(pip + list(PEERS.values()) + TOKENIZERS, check=True, stdout=sys.stderr)

    def compile(self, name, sources, flags=()):
        """Compiles a C program once for each run, and returns its path."""
        compiler = shutil.which("clang") or shutil.which("cc")
        if compiler is None:
            raise SystemExit("The benchmark needs a C compiler: clang or cc.")
        target = FOLDER / name
        command = [compiler, "-O3", "-pthread", *flags, *map(str, sources), "-o", str(target), "-lm"]
        subprocess.run(command, check=True, stdout=sys.stderr)
        return str(target)

    def output(self, *arguments):
        """What the program prints."""
        return subprocess.run(
            [self.program, *map(str, arguments)], check=True, stdout=subprocess.PIPE, text=True).stdout

    def bench(self, model, *arguments, rounds=1):
        """What `diptych bench` measures in a process of its own."""
        arguments = ["bench", self.paths[model], "-t", self.threads, "-r", rounds, "--json", *arguments]
        return json.loads(self.output(*arguments))

    def inspect(self, model):
        return json.loads(self.output("inspect", self.paths[model], "--json"))


def lines_of(command):
    """The JSON values that a program prints, one a line."""
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return [json.loads(line) for line in output.splitlines()]


def machine():
    """The processor, and how busy it is before the benchmark begins."""
    names = [
        line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo")
        if line.startswith(("model name", "Model"))
    ]
    return {
        "processor": names[0] if names else os.uname().machine,
        "cores": len(os.sched_getaffinity(0)),
        "system": f"{os.uname().sysname} {os.uname().release}",
        "load_average": round(os.getloadavg()[0], 2),
        "date": datetime.date.today().isoformat(),
    }
