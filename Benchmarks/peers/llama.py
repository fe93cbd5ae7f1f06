"""llama.cpp, through the wheel `xllamacpp`: its server's own timings, so that sampling and HTTP stay out.

Arguments: the model, the threads, the context. Answers each line of standard input with one line (see protocol.py).
"""

import xllamacpp

import protocol


def open_server(model, threads, context):
    parameters = xllamacpp.CommonParams()
    parameters.model.path = model
    parameters.n_ctx = context
    parameters.n_parallel = 1
    parameters.cache_ram_mib = 0
    parameters.cpuparams.n_threads = threads
    parameters.cpuparams_batch.n_threads = threads
    return xllamacpp.Server(parameters)


def complete(server, prompt, count, cached=False):
    answer = server.handle_completions({
        "prompt": prompt, "n_predict": count, "cache_prompt": cached, "ignore_eos": True,
        # The cheapest way to a token: the server's clock runs while it samples.
        "samplers": ["top_k"], "top_k": 1,
    })
    if "timings" not in answer:
        raise RuntimeError(f"llama.cpp: {answer}")
    return answer["timings"]


class Engine:
    def __init__(self, model, threads, context):
        self.server = open_server(model, threads, context)

    def prefill(self, count, depth):
        if depth:
            complete(self.server, protocol.tokens(depth), 1, cached=True)
        timings = complete(self.server, protocol.tokens(depth + count), 1, cached=depth > 0)
        return timings["prompt_n"], timings["prompt_ms"] / 1000

    def decode(self, count, depth):
        # The first token comes out of the prompt's pass, before the clock of the generation starts.
        timings = complete(self.server, protocol.tokens(max(depth, 1)), count + 1, cached=depth > 0)
        return timings["predicted_n"] - 1, timings["predicted_ms"] / 1000


if __name__ == "__main__":
    protocol.serve(Engine)
