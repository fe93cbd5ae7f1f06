"""A crowd of clients that stream at the same time: every one must get the answer to its own prompt, every time."""

import asyncio
import time

import openai

from program import KEY, MODEL, serving

CLIENTS = 32
TOKENS = 16
# The process may take more memory by this, from after its warm-up to the end.
MOST_GROWTH = 16 << 20


def asked(index):
    return {
        "model": MODEL, "temperature": 0, "max_tokens": TOKENS,
        "messages": [{"role": "user", "content": f"Write a short sentence about the number {index * 7 + 3}."}],
    }


async def streamed(client, index):
    text, finish = "", None
    async for chunk in await client.chat.completions.create(**asked(index), stream=True):
        for choice in chunk.choices:
            text += choice.delta.content or ""
            finish = choice.finish_reason or finish
    if finish is None:
        raise AssertionError(f"client {index}: the stream ended early")
    return text


async def crowd(server, seconds):
    client = openai.AsyncOpenAI(base_url=server.url, api_key=KEY, max_retries=0, timeout=300)
    expected = [await streamed(client, index) for index in range(CLIENTS)]
    if len(set(expected)) < CLIENTS // 2:
        raise AssertionError("the prompts' answers hardly differ: they would show no mix-up")
    begin = time.monotonic()
    samples, wrong, answers = [], [], 0

    async def visit(index):
        nonlocal answers
        while True:
            text = await streamed(client, index)
            answers += 1
            if text != expected[index]:
                wrong.append((index, text, expected[index]))
            if time.monotonic() - begin >= seconds:
                return

    async def sample():
        while True:
            samples.append((time.monotonic() - begin, server.resident_bytes()))
            await asyncio.sleep(0.5)

    sampling = asyncio.create_task(sample())
    await asyncio.gather(*(visit(index) for index in range(CLIENTS)))
    sampling.cancel()
    took = time.monotonic() - begin
    await client.close()
    return answers, wrong, samples, took


def run(program, seconds, parallel):
    """Prints the figures; raises where an answer was lost or mixed up, or memory grew."""
    with serving(program, MODEL, "--parallel", parallel, "--context", 256, "--quiet") as server:
        answers, wrong, samples, took = asyncio.run(crowd(server, seconds))
        status = server.end()
    warm = [size for when, size in samples if when >= took / 3]
    growth = warm[-1] - warm[0]
    print(
        f"  {CLIENTS} clients, {parallel} at a time, {took:.0f} s: {answers} answers, {len(wrong)} wrong, "
        f"{answers * TOKENS / took:.0f} tokens/s")
    print(
        f"  memory of its own: {warm[0] / 1e6:.1f} MB after the warm-up, {warm[-1] / 1e6:.1f} MB at the end "
        f"(least {min(warm) / 1e6:.1f}, most {max(warm) / 1e6:.1f})")
    if wrong:
        index, text, right = wrong[0]
        raise AssertionError(f"client {index} got {text!r}, its answer is {right!r}")
    if growth > MOST_GROWTH:
        raise AssertionError(f"memory grew by {growth / 1e6:.1f} MB, at most {MOST_GROWTH / 1e6:.1f} are allowed")
    if status != 0:
        raise AssertionError(f"after SIGTERM it ended with {status}")
