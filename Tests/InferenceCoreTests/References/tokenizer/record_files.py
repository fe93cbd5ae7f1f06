#!/usr/bin/env python3
"""Writes GGUF files without tensors from the folders beside this script, and records what llama.cpp makes of hard texts.

    python3 record_files.py files     the fixtures

Needs `gguf`, and `xllamacpp` 2026.10 for llama.cpp, of whose library it calls the functions.
"""

import base64
import ctypes
import glob
import json
import os
import pathlib
import sys

import gguf
import xllamacpp

import record

HERE = pathlib.Path(__file__).parent
NORMAL, UNKNOWN, CONTROL, USER_DEFINED, UNUSED, BYTE = range(1, 7)
TEXTS = [text for text in record.TEXTS if "\x00" not in text] + [
    "The lazy fox. foxes fox!", "caf\u00e9 cafe\u0301 na\u00efve", "ﬁne ½ Ⅷ Ａ e\u0301 ㎏ \u00ad x\u200by …", "a  b   c ",
]


def tokens_of(data):
    vocabulary = data["model"]["vocab"]
    return sorted(vocabulary, key=vocabulary.get)


def types_of(names, data):
    special = {token["content"] for token in data["added_tokens"]}
    unknown = data["model"].get("unk_token")
    return [
        UNKNOWN if name == unknown else CONTROL if name in special
        else BYTE if len(name) == 6 and name.startswith("<0x") else NORMAL for name in names]


def bert(writer, data):
    names = tokens_of(data)
    types = types_of(names, data)
    types[names.index("[UNK]")] = CONTROL
    writer.add_tokenizer_model("bert")
    writer.add_token_list([
        name if kind != NORMAL else name[2:] if name.startswith("##") and len(name) > 2 else "\u2581" + name
        for name, kind in zip(names, types)])
    writer.add_token_types(types)
    writer.add_bos_token_id(names.index("[CLS]"))
    writer.add_sep_token_id(names.index("[SEP]"))
    writer.add_unk_token_id(names.index("[UNK]"))
    writer.add_pad_token_id(names.index("[PAD]"))


def t5(writer, data):
    names = [name for name, _ in data["model"]["vocab"]]
    writer.add_tokenizer_model("t5")
    writer.add_token_list(names)
    writer.add_token_scores([score for _, score in data["model"]["vocab"]])
    kinds = {"<pad>": CONTROL, "</s>": CONTROL, "<unk>": UNKNOWN}
    writer.add_token_types([kinds.get(name, NORMAL) for name in names])
    writer.add_eos_token_id(names.index("</s>"))
    writer.add_unk_token_id(names.index("<unk>"))
    writer.add_add_space_prefix(True)
    writer.add_remove_extra_whitespaces(True)
    writer.add_precompiled_charsmap(base64.b64decode(data["normalizer"]["precompiled_charsmap"]))


def gemma4(writer, data):
    names = tokens_of(data)
    writer.add_tokenizer_model("gemma4")
    writer.add_token_list(names)
    writer.add_token_types(types_of(names, data))
    writer.add_token_merges([" ".join(merge) for merge in data["model"]["merges"]])
    writer.add_bos_token_id(names.index("<s>"))
    writer.add_eos_token_id(names.index("</s>"))
    writer.add_add_bos_token(True)


def llama3(writer, data):
    names = tokens_of(data) + [token["content"] for token in data["added_tokens"]]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("llama-bpe")
    writer.add_token_list(names)
    writer.add_token_types(types_of(names, data))
    writer.add_token_merges([" ".join(merge) for merge in data["model"]["merges"]])
    writer.add_bos_token_id(names.index("<|begin_of_text|>"))
    writer.add_eos_token_id(names.index("<|end_of_text|>"))


# What llama.cpp and the models' own tokenizers take differently: U+0085, marks and syllables that BERT takes apart.
DIFFERENT = {"bert": ["a\u2028b\u2029c\x85d", "नमस्ते दुनिया", "안녕하세요 세계"]}
FILES = {"bert": ("bert-uncased", bert), "t5": ("t5", t5), "gemma4": ("gemma", gemma4), "llama3": ("llama3", llama3)}


def write(folder):
    for name, (source, fill) in FILES.items():
        data = json.loads((HERE / "folders" / source / "tokenizer.json").read_text())
        writer = gguf.GGUFWriter(str(folder / f"{name}.vocabulary"), "bert" if name == "bert" else "llama")
        fill(writer, data)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.close()


class Parameters(ctypes.Structure):
    """llama_model_params: the first of its flags is `vocab_only`."""
    _fields_ = [("pointers_and_numbers", ctypes.c_uint8 * 72), ("vocab_only", ctypes.c_bool),
                ("flags", ctypes.c_uint8 * 15)]


def library():
    lib = ctypes.CDLL(glob.glob(os.path.join(os.path.dirname(xllamacpp.__file__), "*.so"))[0])
    lib.llama_model_default_params.restype = Parameters
    lib.llama_model_load_from_file.argtypes = [ctypes.c_char_p, Parameters]
    lib.llama_model_load_from_file.restype = ctypes.c_void_p
    lib.llama_model_get_vocab.argtypes = [ctypes.c_void_p]
    lib.llama_model_get_vocab.restype = ctypes.c_void_p
    lib.llama_tokenize.argtypes = [
        ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int32, ctypes.POINTER(ctypes.c_int32), ctypes.c_int32,
        ctypes.c_bool, ctypes.c_bool]
    lib.llama_backend_init()
    return lib


def tokenized(lib, path, texts):
    parameters = lib.llama_model_default_params()
    parameters.vocab_only = True
    model = lib.llama_model_load_from_file(str(path).encode(), parameters)
    assert model, path
    vocabulary = lib.llama_model_get_vocab(model)
    ids = []
    for text in texts:
        room = (ctypes.c_int32 * (len(text.encode()) + 8))()
        count = lib.llama_tokenize(vocabulary, text.encode(), len(text.encode()), room, len(room), True, False)
        ids.append(list(room[:count]))
    return ids


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(exist_ok=True)
    write(folder)
    lib = library()
    recorded = {"texts": TEXTS, "ids": {name: tokenized(lib, folder / f"{name}.vocabulary", TEXTS) for name in FILES}}
    for name, texts in DIFFERENT.items():
        for text in texts:
            recorded["ids"][name][TEXTS.index(text)] = None
    (folder / "tokens.json").write_text(json.dumps(recorded, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
