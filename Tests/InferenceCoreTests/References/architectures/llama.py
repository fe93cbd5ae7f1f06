"""What llama.cpp says of the tiny models: the formulas in record.py and the names and conventions of the files are held
against it."""

import pathlib
import tempfile

import numpy as np


def write(model, vocabulary, path):
    import gguf

    writer = gguf.GGUFWriter(path, model.architecture)
    for key, value in model.metadata.items():
        kind = {bool: writer.add_bool, int: writer.add_uint32, float: writer.add_float32, str: writer.add_string}
        kind[type(value)](key, value)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    # A byte alone isn't always text, and what isn't text comes without its probability: other bytes get names.
    writer.add_token_list([token if token.isascii() else f"[{index}]" for index, token in enumerate(vocabulary)])
    writer.add_token_types([1] * 257 + [3] * 2)
    writer.add_token_merges(["t h"])
    writer.add_bos_token_id(257)
    writer.add_eos_token_id(258)
    for name, tensor in model.tensors.items():
        writer.add_tensor(name, tensor)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def compare(model, ids, logits, vocabulary):
    import xllamacpp

    with tempfile.TemporaryDirectory() as folder:
        path = str(pathlib.Path(folder) / "tiny.gguf")
        write(model, vocabulary, path)
        parameters = xllamacpp.CommonParams()
        parameters.model.path = path
        parameters.n_ctx = 64
        parameters.n_parallel = 1
        parameters.cpuparams.n_threads = 1
        parameters.warmup = False
        try:
            server = xllamacpp.Server(parameters)
        except Exception as error:
            print(f"  llama.cpp doesn't open it: {error}")
            return
        for count in [1, 9, len(ids)]:
            answer = server.handle_completions({
                "prompt": ids[:count], "n_predict": 1, "n_probs": 40, "temperature": 0, "cache_prompt": False,
                "post_sampling_probs": False,
            })
            top = answer["choices"][0]["logprobs"]["content"][0]["top_logprobs"]
            row = logits[count - 1]
            row = row - row.max()
            row = row - np.log(np.exp(row).sum())
            worst = max(abs(entry["logprob"] - row[entry["id"]]) for entry in top)
            print(f"  after {count}: {len(top)} log-probabilities, largest difference {worst:.5f}")
