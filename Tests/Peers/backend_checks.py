"""The remote backend against real servers: our own, and llama.cpp's. Each check raises where something isn't as it must
be, and prints what it saw."""

import json
import os
import subprocess

import llama_server
from program import DATA, KEY, serving

PROMPTS = [
    "Name three colours of the rainbow.",
    "Write a haiku about the sea.",
    "What is 17 + 25? Answer with the number.",
    "Translate into French: The cat sleeps under the table.",
    "Explain in two sentences why the sky is blue.",
    "List the first five prime numbers, separated by commas.",
]
# Catalog id and file.
MODELS = {
    "smollm2-135m-instruct": "SmolLM2-135M-Instruct.Q4_1.gguf",
    "qwen2.5-coder-0.5b-instruct": "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
}
TOKENS = 32
# What llama.cpp's arithmetic may differ by, in nats, where its answer goes another way.
NEAR_TIE = 0.5


def expect(condition, message):
    if not condition:
        raise AssertionError(message)


def run(program, model, prompt, url=None, key=""):
    environment = dict(os.environ)
    if url:
        environment |= {"OPENAI_BASE_URL": url, "OPENAI_API_KEY": key}
    result = subprocess.run(
        [program, "run", model, "-p", prompt, "-n", str(TOKENS), "--logprobs", "10", "--json"],
        capture_output=True, text=True, timeout=300, env=environment)
    expect(result.returncode == 0, result.stderr)
    return json.loads(result.stdout)


def own_server(program, model):
    """Our server behind our backend gives what the model gives here: text, tokens, probabilities, counts."""
    with serving(program, model) as server:
        for prompt in PROMPTS:
            local = run(program, model, prompt)
            remote = run(program, f"openai:{model}", prompt, server.url, KEY)
            expect(remote["text"] == local["text"], f"{remote['text']!r}, here {local['text']!r}")
            expect(remote["prompt_tokens"] == local["prompt_tokens"], "prompt tokens differ")
            expect(remote["finish"] == local["finish"], f"{remote['finish']}, here {local['finish']}")
            for there, here in zip(remote["steps"], [step for step in local["steps"] if step["text"]]):
                expect(there["text"] == here["text"] and there["logprob"] == here["logprob"], f"{there}, here {here}")
            expect(remote["metrics"]["server"]["decode_tokens_per_second"] > 0, "the server's clock is missing")
    print(f"  {model}: {len(PROMPTS)} answers the same")


def llama(program, model):
    """llama.cpp counts the prompt as we do, and parts from our answer only where both choices are nearly as likely."""
    same = 0
    with llama_server.serving(DATA / MODELS[model]) as url:
        for prompt in PROMPTS:
            local = run(program, model, prompt)
            remote = run(program, f"openai:{model}@{url}", prompt)
            expect(remote["prompt_tokens"] == local["prompt_tokens"],
                   f"{remote['prompt_tokens']} prompt tokens, here {local['prompt_tokens']}")
            here, there = ([step for step in document["steps"] if step["text"]] for document in (local, remote))
            place = next((i for i, (a, b) in enumerate(zip(here, there)) if a["text"] != b["text"]), None)
            if place is None:
                expect(local["text"] == remote["text"], f"{remote['text']!r}, here {local['text']!r}")
                same += 1
                continue
            choices = {item["text"]: item["logprob"] for item in here[place]["top"]}
            other = there[place]["text"]
            expect(other in choices, f"token {place}: {other!r} is none of the ten likeliest here")
            gap = here[place]["logprob"] - choices[other]
            print(f"  {model}: token {place} parts, {here[place]['text']!r} here and {other!r} there, gap {gap:.3f}")
            expect(gap <= NEAR_TIE, f"a gap of {gap:.3f} is no near-tie")
    print(f"  {model}: {same} of {len(PROMPTS)} answers the same as llama.cpp's")


def side_by_side(program, _):
    """A small model of this machine beside a larger one on a server, in one document."""
    large = "qwen2.5-coder-0.5b-instruct"
    with llama_server.serving(DATA / MODELS[large]) as url:
        result = subprocess.run(
            [program, "compare", "--small", "smollm2-135m-instruct", "--large", f"openai:{large}@{url}", "-p",
             PROMPTS[0], "-n", str(TOKENS), "--json"], capture_output=True, text=True, timeout=300)
    expect(result.returncode == 0, result.stderr)
    small, remote = json.loads(result.stdout)["panes"]
    expect("server" not in small and remote["server"]["software"] == "llama.cpp", f"{remote.get('server')}")
    expect(remote["answer"] and remote["metrics"]["request"]["phases"][-1]["step"] == "first_token", "no phases")
    ratio = json.loads(result.stdout)["comparison"]["ttft_advantage"]
    print(f"  small is {ratio} times faster to its first token than llama.cpp with the large model")


ALL = [(check, model) for model in MODELS for check in (own_server, llama)] + [(side_by_side, "both")]
