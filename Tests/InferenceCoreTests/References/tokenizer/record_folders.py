#!/usr/bin/env python3
"""Trains small tokenizers of every kind with PyPI's `tokenizers` and records what they make of hard texts.

    python3 record_folders.py folders                        the fixtures beside this script
    python3 record_folders.py --random 5000 folders FILE     random texts for the folders that are there, for
                                                             DIPTYCH_TOKENS=FILE swift test

Needs `tokenizers`, and `sentencepiece` and `protobuf` for the map of characters.
"""

import argparse
import base64
import json
import pathlib
import random
import tempfile

import sentencepiece
from sentencepiece import sentencepiece_model_pb2
from tokenizers import (
    AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers)

import record

CORPUS = [
    "The quick brown fox jumps over the lazy dog. The dog didn't mind: it's used to foxes, isn't it?",
    "HTTPServer handles getUserName and parseXMLFile; iPhone, McDonald's and NASA's PDFs were tested in 2026.",
    "def add(left, right):\n    return left + right\n\n\nfor index in range(100):\n\tprint(index, 3.14159)\n",
    "Größe, façade, naïve, Ångström, résumé, jalapeño: words with accents. Ελληνικά κείμενα, привет мир и друзья.",
    "你好，世界！今天天气很好。こんにちは、世界。カタカナとひらがな。안녕하세요 세계. สวัสดีชาวโลก नमस्ते दुनिया مرحبا بالعالم",
    "1 12 123 1234 12345 €5.00 $10 50% a+b=c*d x_y-z http://example.org/path?query=1#part   three   spaces",
    "😀😃 👍🏽 ❤️ 👩‍👩‍👧‍👦 emoji \u00a0 \u3000 wide \u2009 thin spaces and \u200b more; ½ ² Ⅷ; don't DON'T we'll I'VE",
] * 3


def byte_pair(pre_tokenizer, size=520, normalizer=None, **options):
    tokenizer = Tokenizer(models.BPE(**options))
    tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizer
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False)
    tokenizer.train_from_iterator(CORPUS, trainer)
    return tokenizer


def split(name):
    return pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(record.STEPS[name][0]["pattern"]["Regex"]), "isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])


def llama3():
    tokenizer = byte_pair(split("llama-bpe"), ignore_merges=True)
    # A word that no merge makes.
    data = json.loads(tokenizer.to_str())
    data["model"]["vocab"]["Ġunmergeable"] = len(data["model"]["vocab"])
    tokenizer = Tokenizer.from_str(json.dumps(data))
    tokenizer.add_special_tokens(["<|begin_of_text|>", "<|end_of_text|>", "<|eot_id|>"])
    tokenizer.post_processor = processors.Sequence([
        processors.ByteLevel(trim_offsets=False),
        processors.TemplateProcessing(
            "<|begin_of_text|> $A", "<|begin_of_text|> $A <|begin_of_text|>:1 $B:1",
            [("<|begin_of_text|>", tokenizer.token_to_id("<|begin_of_text|>"))])])
    return tokenizer, {"bos_token": "<|begin_of_text|>", "eos_token": "<|end_of_text|>"}


def qwen2():
    tokenizer = byte_pair(split("qwen2"), normalizer=normalizers.NFC())
    tokenizer.add_special_tokens(["<|endoftext|>", "<|im_start|>", "<|im_end|>"])
    tokenizer.add_tokens([
        AddedToken("<tool_call>", normalized=False), AddedToken("<left>", lstrip=True, normalized=False),
        AddedToken("<right>", rstrip=True, normalized=False), AddedToken("fox", single_word=True, normalized=True),
        AddedToken("caf\u00e9", normalized=True), AddedToken("<both>", lstrip=True, rstrip=True, normalized=True)])
    return tokenizer, {"bos_token": None, "eos_token": {"content": "<|im_end|>"}}


def roberta():
    tokenizer = byte_pair(pre_tokenizers.ByteLevel(add_prefix_space=True))
    tokenizer.add_special_tokens(["<s>", "</s>", "<unk>", AddedToken("<mask>", lstrip=True, normalized=False)])
    tokenizer.post_processor = processors.RobertaProcessing(
        ("</s>", tokenizer.token_to_id("</s>")), ("<s>", tokenizer.token_to_id("<s>")), add_prefix_space=True)
    return tokenizer, {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>"}


def smollm():
    tokenizer = byte_pair(pre_tokenizers.Sequence([
        pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]))
    return tokenizer, {}


def deepseek():
    steps = {"type": "Sequence", "pretokenizers": record.STEPS["deepseek-v3"]}
    data = json.loads(byte_pair(pre_tokenizers.ByteLevel(add_prefix_space=False)).to_str())
    data["pre_tokenizer"] = steps
    return Tokenizer.from_str(json.dumps(data)), {}


def characters(normalizer, pre_tokenizer, fallback=True, **options):
    """Merges of characters with spaces as marks, as SentencePiece's models are published."""
    trained = Tokenizer(models.BPE())
    trained.normalizer = normalizers.Replace(" ", "▁")
    trained.pre_tokenizer = pre_tokenizers.Split("▁", "merged_with_next")
    trained.train_from_iterator(CORPUS[:6], trainers.BpeTrainer(vocab_size=420, show_progress=False))
    model = json.loads(trained.to_str())["model"]
    specials = ["<unk>", "<s>", "</s>"]
    names = specials + ([f"<0x{byte:02X}>" for byte in range(256)] if fallback else [])
    names += [name for name in model["vocab"] if name not in names]
    if fallback:
        names.append("▁▁")
        model["merges"].append(["▁", "▁"])
    vocabulary = {name: id for id, name in enumerate(names)}
    tokenizer = Tokenizer(models.BPE(
        vocabulary, [tuple(merge) for merge in model["merges"]], unk_token="<unk>", byte_fallback=fallback, **options))
    tokenizer.normalizer, tokenizer.pre_tokenizer = normalizer, pre_tokenizer
    tokenizer.add_special_tokens([AddedToken(name, normalized=False) for name in specials])
    tokenizer.post_processor = processors.TemplateProcessing("<s> $A", "<s> $A <s>:1 $B:1", [("<s>", 1)])
    return tokenizer, {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>"}


def llama2():
    return characters(
        normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")]), None, fuse_unk=True)


def mistral():
    return characters(None, pre_tokenizers.Metaspace("▁", "first", split=False), fuse_unk=True)


def metaspace():
    return characters(None, pre_tokenizers.Metaspace("▁", "always", split=True), fallback=False, fuse_unk=False)


def gemma():
    return characters(
        normalizers.Replace(" ", "▁"), pre_tokenizers.Split(" ", "merged_with_previous"), fuse_unk=True)


def character_map():
    """A small map by SentencePiece's own compiler."""
    rules = {"\t": " ", "\n": " ", "\u00a0": " ", "\u3000": " ", "ﬁ": "fi", "½": "1⁄2", "Ⅷ": "VIII", "Ａ": "A", "a\u0301": "á",
             "e\u0301": "é", "e\u0301\u0302": "ê", "㎏": "kg", "\u200b": " ", "\u00ad": "", "…": "..."}
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder)
        (path / "rules.tsv").write_text("".join(
            " ".join(f"{ord(c):X}" for c in source) + "\t" + " ".join(f"{ord(c):X}" for c in target) + "\n"
            for source, target in rules.items()))
        (path / "corpus").write_text("\n".join(CORPUS))
        sentencepiece.SentencePieceTrainer.train(
            input=str(path / "corpus"), model_prefix=str(path / "model"), vocab_size=300, hard_vocab_limit=False,
            normalization_rule_tsv=str(path / "rules.tsv"), minloglevel=2)
        model = sentencepiece_model_pb2.ModelProto()
        model.ParseFromString((path / "model.model").read_bytes())
        return model.normalizer_spec.precompiled_charsmap


def unigram(pre_tokenizer, specials, unknown, byte_fallback=False):
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Replace(Regex(" {2,}"), " ")
    tokenizer.pre_tokenizer = pre_tokenizer
    tokenizer.train_from_iterator(CORPUS, trainers.UnigramTrainer(
        vocab_size=400, special_tokens=specials, unk_token=unknown, show_progress=False))
    data = json.loads(tokenizer.to_str())
    if byte_fallback:
        data["model"]["vocab"] += [[f"<0x{byte:02X}>", -20.0] for byte in range(256)]
        data["model"]["byte_fallback"] = True
    return data


def t5():
    data = unigram(
        pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace("▁", "always")]),
        ["<pad>", "</s>", "<unk>"], "<unk>")
    data["normalizer"] = {
        "type": "Precompiled", "precompiled_charsmap": base64.b64encode(character_map()).decode()}
    tokenizer = Tokenizer.from_str(json.dumps(data))
    tokenizer.post_processor = processors.TemplateProcessing("$A </s>", "$A </s> $B </s>", [("</s>", 1)])
    return tokenizer, {"eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>"}


def xlm():
    data = unigram(pre_tokenizers.Metaspace("▁", "always"), ["<s>", "<pad>", "</s>", "<unk>"], "<unk>", True)
    tokenizer = Tokenizer.from_str(json.dumps(data))
    tokenizer.add_special_tokens([AddedToken("<mask>", lstrip=True, normalized=False)])
    tokenizer.post_processor = processors.TemplateProcessing(
        "<s> $A </s>", "<s> $A </s> </s> $B </s>", [("<s>", 0), ("</s>", 2)])
    return tokenizer, {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "cls_token": "<s>"}


BERT_SPECIALS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def finish_bert(tokenizer, lowercase, **options):
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=lowercase, **options)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        "[CLS] $A [SEP]", "[CLS] $A [SEP] $B:1 [SEP]:1", [("[CLS]", 2), ("[SEP]", 3)])


def bert(lowercase, **options):
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    finish_bert(tokenizer, lowercase, **options)
    tokenizer.train_from_iterator(CORPUS, trainers.WordPieceTrainer(
        vocab_size=500, special_tokens=BERT_SPECIALS, show_progress=False))
    return tokenizer, {
        "cls_token": "[CLS]", "sep_token": "[SEP]", "unk_token": "[UNK]", "pad_token": "[PAD]", "mask_token": "[MASK]",
        "do_lower_case": lowercase}


KINDS = {
    "llama3": llama3, "qwen2": qwen2, "roberta": roberta, "smollm": smollm, "deepseek": deepseek, "llama2": llama2,
    "mistral": mistral, "metaspace": metaspace, "gemma": gemma, "t5": t5, "xlm": xlm,
    "bert-uncased": lambda: bert(True), "bert-cased": lambda: bert(False, strip_accents=False),
    "bert-list": lambda: bert(True),
}
# vocab.txt instead of tokenizer.json.
LISTS = ["bert-list"]
TEXTS = record.TEXTS + [
    "The lazy fox. foxes fox! unmergeable unmergeable", "<|begin_of_text|>Hi<|eot_id|> <|im_start|>user\nHi<|im_end|>",
    "a <left> b <right>  c <both>  d<both>e <tool_call>x", "caf\u00e9 cafe\u0301 <s>x</s> <unk> <mask> a  <mask> b <pad>",
    "[CLS] a [SEP] [MASK]. [UNK]", "x" * 101 + " " + "y" * 100, "ﬁne ½ Ⅷ Ａ e\u0301 e\u0301\u0302 a\u0301 ㎏ \u00ad x\u200by …",
    "▁a ▁ ▁▁b", "<0x41> <0xE4>",
]


def opened(folder):
    """The folder's tokenizer; for a list of words, as the trained ones are."""
    if (folder / "tokenizer.json").exists():
        return Tokenizer.from_file(str(folder / "tokenizer.json"))
    names = (folder / "vocab.txt").read_text().split("\n")[:-1]
    tokenizer = Tokenizer(models.WordPiece({name: id for id, name in enumerate(names)}, unk_token="[UNK]"))
    finish_bert(tokenizer, True)
    tokenizer.add_special_tokens(BERT_SPECIALS)
    return tokenizer


def recorded(folder, texts):
    tokenizer, plain = opened(folder), opened(folder)
    plain.encode_special_tokens = True
    data = json.loads(tokenizer.to_str())
    # The library finds these among the pieces of unigrams, too; SentencePiece doesn't.
    is_unigram = data["model"]["type"] == "Unigram"
    specials = [token["content"] for token in data["added_tokens"]] if is_unigram else []
    pairs = [(texts[index], texts[-2 - index]) for index in range(0, len(texts) - 1, max(1, len(texts) // 12))]
    encodings = [tokenizer.encode(*pair) for pair in pairs]
    return {
        "ids": [None if is_unigram and "<0x" in text else tokenizer.encode(text).ids for text in texts],
        "plain": [
            None if is_unigram and ("<0x" in text or any(name in text for name in specials))
            else plain.encode(text, add_special_tokens=False).ids for text in texts],
        "pairs": [list(pair) for pair in pairs], "pair_ids": [encoding.ids for encoding in encodings],
        "pair_segments": [encoding.type_ids for encoding in encodings],
    }


def scores():
    """Numbers, and what the library's reader makes of them."""
    generator = random.Random(11)
    written = [-generator.uniform(0, 20) for _ in range(300)] + [-1e-5, -2.5e-7, -1e3, -3.0, -0.1]
    model = {"type": "Unigram", "unk_id": 0, "vocab": [[f"p{index}", score] for index, score in enumerate(written)]}
    tokenizer = Tokenizer.from_str(json.dumps({
        "version": "1.0", "added_tokens": [], "normalizer": None, "pre_tokenizer": None, "post_processor": None,
        "decoder": None, "model": model}))
    read = [score for _, score in json.loads(tokenizer.to_str())["model"]["vocab"]]
    return [list(pair) for pair in zip(written, read)]


def train(root):
    for name, make in KINDS.items():
        folder = root / name
        folder.mkdir(parents=True, exist_ok=True)
        tokenizer, configuration = make()
        data = json.loads(tokenizer.to_str())
        (folder / "tokenizer.json").write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n")
        configuration["chat_template"] = f"{{# {name} #}}"
        (folder / "tokenizer_config.json").write_text(json.dumps(configuration, indent=1) + "\n")
        if name in LISTS:
            names = sorted(data["model"]["vocab"], key=data["model"]["vocab"].get)
            (folder / "vocab.txt").write_text("".join(name + "\n" for name in names))
            (folder / "tokenizer.json").unlink()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folders", type=pathlib.Path)
    parser.add_argument("output", nargs="?", type=pathlib.Path)
    parser.add_argument("--random", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    texts = TEXTS
    if arguments.random:
        texts = list(record.random_texts(arguments.random, arguments.seed))
    else:
        train(arguments.folders)
    kinds = {name: recorded(arguments.folders / name, texts) for name in KINDS}
    output = arguments.output or arguments.folders / "tokens.json"
    output.write_text(json.dumps({"texts": texts, "kinds": kinds, "scores": scores()}, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
