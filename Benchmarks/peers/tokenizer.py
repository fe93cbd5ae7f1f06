#!/usr/bin/env python3
"""Diptych's tokenizer against PyPI's `tokenizers`, on one thread.

    python3 tokenizer.py --diptych PATH MODEL … [--json FILE]

MODEL is a .gguf file or a folder with a tokenizer.json.

Needs `tokenizers` and `gguf` from PyPI. Both tokenizers are made from the model's own file, encode the same texts in
turns, warm, and must agree on every id. The texts come from Python's own library, so that any machine has them:
its source, the prose of its documentation strings, JSON, words of many scripts, and short messages, each of which is
a text of its own.
"""

import argparse
import ast
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
import unicodedata

os.environ["TOKENIZERS_PARALLELISM"] = "false"
os.environ["RAYON_NUM_THREADS"] = "1"

import gguf  # noqa: E402
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers  # noqa: E402

QWEN2_WORDS = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
CONTROL, USER_DEFINED = 3, 4
SPACE_MARK = "\u2581"


class Vocabulary:
    """The tokenizer part of a GGUF file."""

    def __init__(self, path):
        fields = gguf.GGUFReader(path).fields

        def contents(name, default=None):
            field = fields.get("tokenizer.ggml." + name)
            return default if field is None else field.contents()

        self.model = contents("model")
        self.pretokenizer = contents("pre")
        self.tokens = contents("tokens")
        self.types = contents("token_type") or [1] * len(self.tokens)
        self.merges = [tuple(merge.split(" ", 1)) for merge in contents("merges") or []]
        self.scores = contents("scores") or []
        self.unknown = contents("unknown_token_id")
        self.adds_space = bool(contents("add_space_prefix", True))


def byte_pair(vocabulary):
    tokenizer = Tokenizer(models.BPE({token: id for id, token in enumerate(vocabulary.tokens)}, vocabulary.merges))
    if vocabulary.pretokenizer == "qwen2":
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
            pre_tokenizers.Split(Regex(QWEN2_WORDS), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ])
    elif vocabulary.pretokenizer == "smollm":
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
            pre_tokenizers.Digits(individual_digits=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True),
        ])
    else:
        sys.exit(f"no pretokenizer for {vocabulary.pretokenizer} here")
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def sentence_piece(vocabulary):
    """Merges in the order of the scores: each token is what any two tokens merge into that spell it."""
    ids = {}
    for id, token in enumerate(vocabulary.tokens):
        ids.setdefault(token, id)
    merges = []
    for token, id in ids.items():
        parts = [(token[:cut], token[cut:]) for cut in range(1, len(token))]
        parts = [(left, right) for left, right in parts if left in ids and right in ids]
        parts.sort(key=lambda pair: (ids[pair[0]], ids[pair[1]]))
        merges += [(-vocabulary.scores[id], id, pair) for pair in parts]
    merges.sort(key=lambda merge: merge[:1])
    tokenizer = Tokenizer(
        models.BPE(
            ids, [pair for _, _, pair in merges], unk_token=vocabulary.tokens[vocabulary.unknown or 0],
            byte_fallback=True, fuse_unk=True))
    steps = [normalizers.Replace(" ", SPACE_MARK)]
    if vocabulary.adds_space:
        steps.insert(0, normalizers.Prepend(SPACE_MARK))
    tokenizer.normalizer = normalizers.Sequence(steps)
    return tokenizer


def peer_of_folder(path):
    tokenizer = Tokenizer.from_file(os.path.join(path, "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def peer(vocabulary):
    tokenizer = byte_pair(vocabulary) if vocabulary.model == "gpt2" else sentence_piece(vocabulary)
    tokenizer.add_tokens([
        AddedToken(token, normalized=False)
        for token, kind in zip(vocabulary.tokens, vocabulary.types) if kind == USER_DEFINED
    ])
    return tokenizer


def library_files(megabytes):
    """Python's own modules in a fixed order, as much as asked for."""
    total = 0
    for path in sorted(pathlib.Path(sysconfig.get_path("stdlib")).rglob("*.py")):
        if "site-packages" in path.parts or "test" in path.parts or total >= megabytes * 1e6:
            continue
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        total += len(text)
        yield text


def doc_strings(sources):
    for source in sources:
        try:
            tree = ast.parse(source)
        except SyntaxError:
            continue
        for node in ast.walk(tree):
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
                text = ast.get_docstring(node)
                if text:
                    yield text


def scripts_text(characters, seed=7):
    """Words of letters from many scripts, with CJK, emoji, combining marks and punctuation between them."""
    alphabets = [
        "abcdefghijklmnopqrstuvwxyz", "àâçéèêëîïôùûüÿñæœßøåäö", "абвгдежзийклмнопрстуфхцчшщъыьэюя",
        "αβγδεζηθικλμνξοπρστυφχψως", "אבגדהוזחטיכלמנסעפצקרשת", "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
        "अआइईउऊएऐओऔकखगघचछजझटठडढणतथदधनपफबभमयरलवशषसह", "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ",
        "あいうえおかきくけこさしすせそたちつてとなにぬねの", "アイウエオカキクケコサシスセソタチツテト",
        "".join(chr(code) for code in range(0x4E00, 0x4E00 + 3000)),
        "".join(chr(code) for code in range(0xAC00, 0xAC00 + 2000)),
    ]
    emoji = [chr(code) for code in range(0x1F300, 0x1F650) if unicodedata.name(chr(code), "")]
    joints = [" ", " ", " ", ", ", ". ", "\n", "、", "。", "! ", " 12", "2026", "\u0301", "\u200d", "\u00a0", "  "]
    chooser = random.Random(seed)
    parts, count = [], 0
    while count < characters:
        word = "".join(chooser.choices(chooser.choice(alphabets), k=chooser.randint(1, 9)))
        if chooser.random() < 0.1:
            word = chooser.choice(emoji)
        parts += [word, chooser.choice(joints)]
        count += len(word) + 1
    return "".join(parts)


def texts():
    sources = list(library_files(megabytes=4))
    prose = list(doc_strings(sources))
    messages = [" ".join(text.split())[:300] for text in prose]
    records = [
        {"id": index, "text": text[:200], "words": text.split()[:8], "share": len(text) / 7, "ok": index % 3 == 0}
        for index, text in enumerate(prose[:6000])
    ]
    return {
        "source": "".join(sources),
        "prose": "\n\n".join(prose),
        "JSON": json.dumps(records, indent=1),
        "scripts": scripts_text(400_000),
        "messages": [message for message in messages if len(message) >= 40][:4000],
    }


def measure_peer(tokenizer, text, rounds):
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        # The fastest way that it has: without offsets, and with no Python between the texts.
        tokenizer.encode_batch_fast(text if isinstance(text, list) else [text], add_special_tokens=False)
        times.append(time.perf_counter() - start)
    return times


def ids_of_peer(tokenizer, text):
    if isinstance(text, list):
        return [id for encoding in tokenizer.encode_batch(text, add_special_tokens=False) for id in encoding.ids]
    return tokenizer.encode(text, add_special_tokens=False).ids


def measure_diptych(program, model, text, rounds):
    with tempfile.NamedTemporaryFile("wb") as file:
        file.write(("\n".join(text) if isinstance(text, list) else text).encode())
        file.flush()
        arguments = [program, "tokenize", model, "--file", file.name, "--no-special", "--json", "--repeat", str(rounds)]
        if isinstance(text, list):
            arguments.append("--lines")
        output = subprocess.run(arguments, stdout=subprocess.PIPE, check=True).stdout
    document = json.loads(output)
    return [time / 1000 for time in document["timing"]["repeated_ms"]], document["ids"]


def compare(program, path, corpora, turns, rounds):
    tokenizer = peer_of_folder(path) if os.path.isdir(path) else peer(Vocabulary(path))
    for name, text in corpora.items():
        wanted = ids_of_peer(tokenizer, text)
        ours, theirs = [], []
        for _ in range(turns):
            times, ids = measure_diptych(program, path, text, rounds)
            ours += times
            theirs += measure_peer(tokenizer, text, rounds)
        size = sum(len(part.encode()) for part in text) if isinstance(text, list) else len(text.encode())
        yield {
            "model": os.path.basename(os.path.normpath(path)), "text": name, "bytes": size, "tokens": len(wanted),
            "texts": len(text) if isinstance(text, list) else 1, "same_ids": ids == wanted,
            "diptych_seconds": statistics.median(ours), "tokenizers_seconds": statistics.median(theirs),
            "diptych_fastest": min(ours), "tokenizers_fastest": min(theirs),
        }


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("models", nargs="+", metavar="MODEL")
    parser.add_argument("--diptych", default="diptych", help="the program (default: the one on the path)")
    parser.add_argument("--turns", type=int, default=3, help="how often the two take turns (default: 3)")
    parser.add_argument("--rounds", type=int, default=3, help="measurements in each turn (default: 3)")
    parser.add_argument("--json", metavar="FILE", help="write all figures there")
    arguments = parser.parse_args()
    corpora = texts()
    rows = []
    print(f"{'model':44} {'text':9} {'size':>8} {'diptych':>12} {'tokenizers':>12} {'ratio':>6}  ids")
    for model in arguments.models:
        for row in compare(arguments.diptych, model, corpora, arguments.turns, arguments.rounds):
            rows.append(row)
            ours, theirs = (row["bytes"] / 1e6 / row[name + "_seconds"] for name in ("diptych", "tokenizers"))
            print(
                f"{row['model'][:44]:44} {row['text']:9} {row['bytes'] / 1e6:5.2f} MB {ours:7.2f} MB/s "
                f"{theirs:7.2f} MB/s {ours / theirs:5.2f}x  {'same' if row['same_ids'] else 'DIFFERENT'}", flush=True)
    if arguments.json:
        pathlib.Path(arguments.json).write_text(json.dumps({"schema": 1, "rows": rows}, indent=2) + "\n")
    return 0 if all(row["same_ids"] for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
