"""PyPI's openai client against the server. Each check raises where something isn't as it must be."""

import json
import math
import socket
import time
import urllib.error
import urllib.request

import openai

from program import ENCODER, KEY, MODEL, command

QUESTION = [{"role": "user", "content": "Name three colours of the rainbow."}]
# Of the model two, of the encoder one.
SLOTS = 3
EXACT = {"model": MODEL, "messages": QUESTION, "temperature": 0, "max_tokens": 24}


def expect(condition, message):
    if not condition:
        raise AssertionError(message)


def fails(kind, call, **expected):
    """Checks that a call fails as the protocol has it."""
    try:
        call()
    except kind as error:
        for name, value in expected.items():
            expect(getattr(error, name) == value, f"{name} is {getattr(error, name)!r}, expected {value!r}")
        return error
    raise AssertionError(f"expected {kind.__name__}, but it succeeded")


def models(client, program):
    listed = {model.id: model for model in client.models.list()}
    expect(set(listed) == {MODEL, ENCODER.name}, f"models are {sorted(listed)}")
    meta = listed[MODEL].meta
    expect(meta["n_ctx"] == 1024 and meta["n_ctx_train"] >= 1024, f"meta is {meta}")
    expect(meta["n_params"] > 100e6 and meta["size"] > 50e6, f"meta is {meta}")
    expect(client.models.retrieve(MODEL).owned_by == "diptych", "one model")


def same_as_local(client, program):
    """At temperature 0, the answer is the local backend's: the same tokens, with the same probabilities."""
    local = command(program, "run", MODEL, "-p", QUESTION[0]["content"], "-n", 24, "--logprobs", 3)
    answer = client.chat.completions.create(**EXACT, logprobs=True, top_logprobs=3)
    expect(answer.choices[0].message.content == local["text"], f"{answer.choices[0].message.content!r}, {local['text']!r}")
    expect(answer.usage.prompt_tokens == local["prompt_tokens"], "prompt tokens differ")
    steps = [step for step in local["steps"] if step["text"]]
    tokens = answer.choices[0].logprobs.content
    expect(len(tokens) == len(steps), f"{len(tokens)} tokens, {len(steps)} local ones")
    for token, step in zip(tokens, steps):
        expect(token.token == step["text"] and token.logprob == step["logprob"], f"{token}, {step}")
        expect(bytes(token.bytes) == step["text"].encode(), f"bytes of {token}")
        alternatives = [(item.token, item.logprob) for item in token.top_logprobs]
        expect(alternatives == [(item["text"], item["logprob"]) for item in step["top"]], f"{token}, {step}")


def streaming(client, program):
    whole = client.chat.completions.create(**EXACT)
    text, finish, usage, timings = "", None, None, None
    for chunk in client.chat.completions.create(**EXACT, stream=True, stream_options={"include_usage": True}):
        expect(usage is None, "the usage comes last")
        for choice in chunk.choices:
            text += choice.delta.content or ""
            finish = choice.finish_reason or finish
        usage = chunk.usage
        timings = getattr(chunk, "timings", None)
    expect(text == whole.choices[0].message.content, f"{text!r} isn't {whole.choices[0].message.content!r}")
    expect(finish == whole.choices[0].finish_reason, f"finish is {finish}")
    expect(usage.completion_tokens == whole.usage.completion_tokens, f"usage is {usage}")
    expect(usage.prompt_tokens_details.cached_tokens > 0, "a repeated prompt is in the cache")
    expect(timings["predicted_n"] == usage.completion_tokens and timings["predicted_per_second"] > 0, f"{timings}")
    expect(timings["cache_n"] + timings["prompt_n"] == usage.prompt_tokens, f"{timings}")


def stop(client, program):
    whole = client.chat.completions.create(**EXACT).choices[0].message.content
    word = whole.split()[2]
    for answer in (
        client.chat.completions.create(**EXACT, stop=word).choices[0],
        client.chat.completions.create(**EXACT, stop=["never said", word]).choices[0],
    ):
        expect(answer.message.content == whole[: whole.index(word)], f"{answer.message.content!r} before {word!r}")
        expect(answer.finish_reason == "stop", f"finish is {answer.finish_reason}")


def seed(client, program):
    def answer(seed):
        return client.chat.completions.create(**{**EXACT, "temperature": 1.5}, seed=seed).choices[0].message.content

    expect(answer(1) == answer(1), "the same seed gives the same text")
    expect(len({answer(number) for number in range(4)}) > 1, "other seeds give other texts")


def length(client, program):
    for name in ("max_tokens", "max_completion_tokens"):
        answer = client.chat.completions.create(model=MODEL, messages=QUESTION, temperature=0, **{name: 3})
        expect(answer.usage.completion_tokens == 3, f"{answer.usage}")
        expect(answer.choices[0].finish_reason == "length", f"{answer.choices[0]}")


def continuing(client, program):
    """The assistant's last message is the beginning of the answer."""
    beginning = {"role": "assistant", "content": "The three colours are"}
    answer = client.chat.completions.create(**{**EXACT, "messages": QUESTION + [beginning]})
    fresh = client.chat.completions.create(**EXACT)
    expect(answer.usage.prompt_tokens > fresh.usage.prompt_tokens, "the beginning is part of the prompt")
    expect(not answer.choices[0].message.content.startswith("The three"), "and isn't repeated")


def completions(client, program):
    local = command(program, "run", MODEL, "-p", "Once upon a time", "-n", 12, "--raw")
    asked = {"model": MODEL, "prompt": "Once upon a time", "temperature": 0, "max_tokens": 12}
    answer = client.completions.create(**asked, logprobs=2)
    expect(answer.choices[0].text == local["text"], f"{answer.choices[0].text!r}, {local['text']!r}")
    expect("".join(answer.choices[0].logprobs.tokens) == local["text"], "tokens make the text")
    expect(len(answer.choices[0].logprobs.top_logprobs[0]) == 2, "two alternatives")
    streamed = "".join(chunk.choices[0].text for chunk in client.completions.create(**asked, stream=True))
    expect(streamed == local["text"], f"{streamed!r}, {local['text']!r}")
    echoed = client.completions.create(**asked, echo=True).choices[0].text
    expect(echoed == "Once upon a time" + local["text"], f"{echoed!r}")


def embeddings(client, program):
    texts = ["A cat sits on the mat.", "Ein Hund bellt."]
    # The client asks for Base64 where it isn't told otherwise.
    for encoding in ({}, {"encoding_format": "float"}):
        answer = client.embeddings.create(model=ENCODER.name, input=texts, **encoding)
        for text, item in zip(texts, answer.data):
            local = command(program, "embed", ENCODER, text)["embeddings"][0]["vector"]
            expect(len(item.embedding) == len(local), "dimensions")
            expect(max(abs(a - b) for a, b in zip(item.embedding, local)) < 1e-6, f"the vector of {text!r}")
            expect(abs(math.hypot(*item.embedding) - 1) < 1e-4, "its length is 1")
    expect(answer.usage.prompt_tokens > 8, f"{answer.usage}")
    fails(
        openai.BadRequestError, lambda: client.embeddings.create(model=ENCODER.name, input="word " * 2000))
    fails(
        openai.BadRequestError, lambda: client.embeddings.create(model=MODEL, input="a"), code="model_not_capable")


def constraints(client, program):
    schema = {
        "type": "object",
        "properties": {"name": {"type": "string", "maxLength": 12}, "age": {"type": "integer", "maximum": 150}},
        "required": ["name", "age"],
        "additionalProperties": False,
    }
    wanted = {"type": "json_schema", "json_schema": {"name": "person", "schema": schema, "strict": True}}
    create = client.chat.completions.create
    answer = create(**{**EXACT, "max_tokens": 200}, response_format=wanted).choices[0]
    person = json.loads(answer.message.content)
    assert answer.finish_reason == "stop" and list(person) == ["name", "age"], person
    assert isinstance(person["name"], str) and isinstance(person["age"], int), person
    answer = create(**EXACT, extra_body={"structured_outputs": {"choice": ["tea", "coffee"]}}).choices[0]
    assert answer.message.content in ("tea", "coffee"), answer


def errors(client, program):
    create = client.chat.completions.create
    stranger = client.with_options(api_key="wrong")
    fails(openai.AuthenticationError, lambda: stranger.models.list(), status_code=401, code="invalid_api_key")
    fails(openai.NotFoundError, lambda: create(**{**EXACT, "model": "gpt-9"}), status_code=404, code="model_not_found")
    fails(openai.BadRequestError, lambda: create(**{**EXACT, "temperature": 9}), status_code=400, param="temperature")
    fails(openai.BadRequestError, lambda: create(**EXACT, n=2), code="unsupported", param="n")
    fails(openai.BadRequestError, lambda: create(**EXACT, response_format={"type": "yaml"}), code="unsupported")
    unknown = {"type": "json_schema", "json_schema": {"name": "a", "schema": {"if": {"type": "null"}}}}
    assert "if" in str(fails(openai.BadRequestError, lambda: create(**EXACT, response_format=unknown)))
    long = [{"role": "user", "content": "word " * 3000}]
    for stream in (False, True):
        error = fails(
            openai.BadRequestError, lambda: create(**{**EXACT, "messages": long}, stream=stream),
            code="context_length_exceeded")
        expect("1024" in error.message and "30" in error.message, error.message)
    request = urllib.request.Request(
        f"{client.base_url}chat/completions", data=b'{"messages": [}', headers={"Authorization": f"Bearer {KEY}"})
    try:
        urllib.request.urlopen(request)
        raise AssertionError("what is no JSON was answered")
    except urllib.error.HTTPError as error:
        expect(error.code == 400 and "column 15" in json.load(error)["error"]["message"], "the fault has its place")


def wait_for_idle(client):
    """Waits until every slot is free again."""
    health = str(client.base_url).replace("/v1/", "/health")
    deadline = time.monotonic() + 20
    while True:
        with urllib.request.urlopen(health) as response:
            if json.load(response)["slots_idle"] == SLOTS:
                return
        expect(time.monotonic() < deadline, "the work of a client that left goes on")
        time.sleep(0.01)


def leaving(client, program):
    """A client that leaves while its answer streams ends its work."""
    stream = client.chat.completions.create(
        model=MODEL, messages=[{"role": "user", "content": "Tell a very long story."}], stream=True)
    next(iter(stream))
    stream.close()
    wait_for_idle(client)


def leaving_early(client, program):
    """So does one that leaves while its prompt is computed, before anything was sent to it."""
    body = json.dumps({"model": MODEL, "messages": [{"role": "user", "content": "word " * 900}]})
    with socket.create_connection((client.base_url.host, client.base_url.port)) as connection:
        connection.sendall(
            f"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {KEY}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}".encode())
        time.sleep(0.2)
    wait_for_idle(client)


ALL = [
    models, same_as_local, streaming, stop, seed, length, continuing, constraints, completions, embeddings, errors, leaving,
    leaving_early,
]
