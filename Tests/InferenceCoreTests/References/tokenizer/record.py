#!/usr/bin/env python3
"""Records what PyPI's `tokenizers` makes of hard texts, for the tests of the pretokenizers.

    python3 record.py words.json                 the fixture beside this script
    python3 record.py --random 20000 FILE.json   as many random texts, for DIPTYCH_WORDS=FILE.json swift test

Each pretokenizer is the one of the family's published tokenizer.json; "default" is llama.cpp's own. The file says how
many bytes each word of each text has.
"""

import argparse
import json
import random

from tokenizers import Tokenizer

CONTRACTIONS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
WHITESPACE = r"\s*[\r\n]+|\s+(?!\S)|\s+"
LETTERS = r"[^\r\n\p{L}\p{N}]?\p{L}+"
SIGNS = r" ?[^\s\p{L}\p{N}]+[\r\n]*|" + WHITESPACE
GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
BEGINNING, ENDING = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
DEEPSEEK_LETTERS = (
    "A-Za-zµÀ-ÖØ-öø-ƺƼ-ƿǄ-ʓʕ-ʯͰ-ͳͶͷͻ-ͽͿΆΈ-ΊΌΎ-ΡΣ-ϵϷ-ҁҊ-ԯԱ-ՖႠ-ჅᎠ-Ᏽᏸ-ᏽᲐ-ᲺᲽ-Ჿᴀ-ᴫᵫ-ᵷᵹ-ᶚḀ-ἕἘ-Ἕἠ-ὅὈ-Ὅὐ-ὗὙὛὝὟ-\u1f7dᾀ-ᾴᾶ-ᾼ"
    "\u1fbeῂ-ῄῆ-ῌῐ-\u1fd3ῖ-\u1fdbῠ-Ῥῲ-ῴῶ-ῼℂℇℊ-ℓℕℙ-ℝℤ\u2126ℨ\u212a-ℭℯ-ℴℹℼ-ℿⅅ-ⅉⅎↃↄⰀ-ⱻⱾ-ⳤⳫ-ⳮⳲⳳꙀ-ꙭꚀ-ꚛꜢ-ꝯꝱ-ꞇꞋ-ꞎꭰ-ꮿﬀ-ﬆﬓ-ﬗＡ-Ｚ"
    "ａ-ｚ𐐀-𐑏𐒰-𐓓𐓘-𐓻𐲀-𐲲𐳀-𐳲𑢠-𑣟𞤀-𞥃")
EASTERN = "[一-龥\u0800-一가-\ud7ff]+"
PUNCTUATION = r"""[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~]"""


def line_aware(number, contractions=CONTRACTIONS + "|"):
    return contractions + LETTERS + "|" + number + "|" + SIGNS


def cased(contractions, number):
    lead = r"[^\r\n\p{L}\p{N}]?"
    return (
        lead + BEGINNING + "*" + ENDING + "+" + contractions + "|" + lead + BEGINNING + "+" + ENDING + "*"
        + contractions + "|" + number + r"| ?[^\s\p{L}\p{N}]+[\r\n/]*|" + WHITESPACE)


def split(expression):
    return {"type": "Split", "pattern": {"Regex": expression}, "behavior": "Isolated", "invert": False}


def byte_level(use_regex=False):
    return {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": use_regex}


DIGITS = {"type": "Digits", "individual_digits": True}
CASED = cased(CONTRACTIONS + "?", r"\p{N}{1,3}")
BLOOM = split(r" ?[^(\s|[.,!?…。，、।۔،])]+")
QWEN2 = split(line_aware(r"\p{N}"))
STEPS = {
    "default": [split(r"[\p{P}\$\+<=>\^~\|]+"), split(GPT2), split(r"\p{N}+"), split("[0-9][0-9][0-9]"), byte_level()],
    "gpt-2": [byte_level(True)],
    "llama-bpe": [split(line_aware(r"\p{N}{1,3}")), byte_level()],
    "dbrx": [split(line_aware(r"\p{N}{1,3}")), byte_level()],
    "minicpm5": [split(r"\p{N}{1,3}"), split(line_aware(r"\p{N}+")), byte_level()],
    "jais-2": [
        split(
            CONTRACTIONS + "|" + LETTERS + r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|"
            + "".join(r"\s{%d}(?!\S)|" % count for count in (512, 256, 128, 64, 32, 16, 8, 4)) + r"\s{1,2}(?!\S)|\s{1}"),
        byte_level(),
    ],
    "qwen2": [QWEN2, byte_level()],
    "qwen35": [
        split(
            CONTRACTIONS + r"|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|" + WHITESPACE),
        byte_level(),
    ],
    "seed-coder": [
        split(CONTRACTIONS + "|" + LETTERS + r"|\p{N}{1}| ?[^\s\p{L}\p{N}\r\n]+|" + WHITESPACE), byte_level(),
    ],
    "ufakzeka": [split(line_aware(r"\p{N}", "")), byte_level()],
    "laguna": [split(r"[^\n]+|[\n]+"), QWEN2, byte_level()],
    "smollm": [DIGITS, byte_level(True)],
    "falcon": [
        {"type": "Punctuation", "behavior": "Contiguous"}, byte_level(True),
        {"type": "Digits", "individual_digits": False}, split("[0-9][0-9][0-9]"),
    ],
    "bloom": [BLOOM, byte_level()],
    "viking": [BLOOM, DIGITS, byte_level()],
    "deepseek-llm": [
        split("[\r\n]"), split(r"\s?[" + DEEPSEEK_LETTERS + "]+"), split(r"\s?[!-/:-~！-／：-～‘-‟" + "\u3000-。]+"),
        split(r"\s+$"), split(EASTERN), DIGITS, byte_level(),
    ],
    "deepseek-coder": [split("[\r\n]"), split(r"\s?\p{L}+"), split(r"\s?\p{P}+"), split(EASTERN), DIGITS, byte_level()],
    "deepseek-v3": [
        split(r"\p{N}{1,3}"), split("[一-龥\u3040-ゟ゠-ヿ]+"),
        split(
            PUNCTUATION + "[A-Za-z]+|[^\r\n" + r"\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[" + "\r\n" + r"]*|\s*["
            + "\r\n" + r"]+|\s+(?!\S)|\s+"),
        byte_level(),
    ],
    "tekken": [split(cased("", r"\p{N}")), byte_level()],
    "gpt-4o": [split(CASED), byte_level()],
    "granite-embed-multi-97m": [split(CASED), byte_level()],
    "tiny_aya": [split(r"\d{1,3}(?=(?:\d{3})*\b)"), split(CASED), byte_level()],
    "superbpe": [split(r"\p{N}+"), split(r"(?=(\d{3})+(?!\d))"), byte_level()],
}

TEXTS = [
    "", " ", "  ", "\n", "\r\n\r\n", "\t\t", "a", " a", "  a", "a ", "a  ", "a\n", "\na", " \n a", "\n\n  \n\nx",
    "x \n\n y \r\n\tz", "tail   ", "tail \n ", "\u00a0x\u00a0\u00a0y", "\u3000全角\u3000スペース", "a\u2028b\u2029c\x85d",
    "\x0b\x0c\x1c\x1d\x1e\x1f", "NUL\x00in the\x00middle", "\x7fDEL \x1b[31mred\x1b[0m", "\x01\x02 \x03a\x04\x05b",
    "I'm I'M 'S 's 'Re 'VE 'lL 'D 'x ' 's", "don't DON'T don’t", "'''s''", "'ſ 'K", "a'ſoon IT'ſ", "'st'tre'llama",
    "a'b'c 'tis 'twas rock'n'roll", "I've been 'told he's there, 'RE you sure? We'Ve a'lL", "1", "12", "123", "1234",
    "12345678901234567890", "a1b22c333d4444", " 1 22 333", "1234567 12345 1234x 12345_ 1234é 1234² ٠١٢٣٤٥",
    "½ ² ³ Ⅷ ⅒ ①②③", "٠١٢٣٤ ०१२३ ๑๒๓", "12½345 ½12345", "3.14e-10 0x1F 1_000_000", "v1.2.3-rc4+build5",
    "if(x<=y&&z!=0){return -1;}//...", "!!!???...,,,;;;:::", "$100 €200 £300 ¥400 ₿5", "a+b=c*d/e^f|g~h`i",
    "\"quoted\" «guillemets» „low“ ‘x’", "http://user@example.org:8080/p?q=1#f", "path/to/\n/x //\n\n/", "C:\\path\\to",
    "<html><body>&amp;</body></html>", "#include <stdio.h>\n\nint main(void)\n{\n\treturn 0;\n}\n",
    "def f(x):\n    return x ** 2\n\n\n    # done\n", "|a|b|\n|--|--|\n", "~~~~ ---- ____ ====", "(a)(b) |c| d। e۔ f،",
    "HTMLParser parseXMLFile iPhone McDonald ABCdefGHI aBcD ÀÉîô ΑΒγ", "ǅungla ǈ ǋ ʰx ªº", "DON'T Don'ts AB'Sc",
    "naïve façade Ångström žluťoučký kůň", "Größe STRASSE ß ẞ", "İstanbul ıI i\u0307", "e\u0301 vs é, n\u0303 vs ñ",
    "\u0301\u0302leading marks", "\u0301ABC !\u0301a !\u0301A \u0301", "A\u0301B\u0302c D\u0323", "Zalgo: z̸͙͔a̵̭l̷g̶o",
    "Ελληνικά κείμενο", "Привет, как дела? НЕЩО нещо", "שלום עולם", "مرحبا بالعالم ١٢٣", "नमस्ते दुनिया", "สวัสดีชาวโลก",
    "안녕하세요 세계", "你好，世界！今天是2026年。", "こんにちは、ﾊﾝｶｸ カタカナ", "Tiếng Việt rất hay", "ქართული ენა", "አማርኛ",
    "កាន់តែពិសេសអាច😁 ?我想在apple工作1314151天～", "ᚠᛇᚻ ᛒᛦᚦ", "𐍈𐌰𐌽𐌸 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𝟘𝟙𝟚", "😀😃", "👩‍👩‍👧‍👦 👍🏽 🇩🇪🇫🇷",
    "☃️❤️✔︎", "a😀b 1😀2 😀 😀", "\ufffd\ufffe", "\ue000\uf8ff private", "\U000e0001\U000e0041 tags \U000e0100",
    "\u0378\U0001ffff unassigned \U000323b0", "\u200b\u200c\u200d\ufeff", "🚀 (normal) 😶‍🌫️ ✅ 🦙🦙 3 33 333 3333 33333",
    " \u3000 \u3000", "\u3000。 \u3000", "a \u3000b", "ab  \u2003", "　　中文  English  ",
    " " * 3, "x" + " " * 37 + "y", " " * 1030 + "z", "\t" * 9 + "\n" + " " * 6,
]


def characters():
    """A few of every kind, the ends of blocks among them."""
    singles = [chr(code) for code in range(0x250)]
    for first, last in [
        (0x250, 0x5ff), (0x600, 0xfff), (0x1000, 0x1fff), (0x2000, 0x2fff), (0x3000, 0x33ff), (0x4dfe, 0x4e10),
        (0x9f90, 0xa4ff), (0xa500, 0xabff), (0xac00, 0xac20), (0xd790, 0xd7ff), (0xe000, 0xe002), (0xf900, 0xffff),
        (0x10000, 0x10fff), (0x11000, 0x12fff), (0x16800, 0x1ffff), (0x20000, 0x20002), (0xe0001, 0xe0002),
    ]:
        singles += [chr(code) for code in range(first, last + 1)]
    # "Digits" knows the numbers of Unicode 17.0 already, the expressions don't.
    newer = set(range(0x11de0, 0x11dea)) | set(range(0x16ff4, 0x16ff7))
    return [single for single in singles if ord(single) not in newer]


SNIPPETS = [
    " ", " ", " ", "  ", "   ", "\n", "\n\n", "\r\n", "\t", "'s", "'T", "'re", "'VE", "'m", "'Ll", "'d", "'ſ", "'", "’",
    "the", "The", "THE", "aBc", "ABc", "1", "12", "123", "1234", "½", "٣", ".", ",", "...", "!", "?", "/", "//", "_", "-",
    "(", ")", "|", "é", "e\u0301", "\u0301", "ß", "я", "Я", "中", "文", "の", "カ", "한", "ا", "ह", "ि", "\u3000", "\u00a0", "😀",
    "\u200d", "\ufe0f", "\x00", "\u0378", "\ue000",
]


def random_texts(count, seed):
    generator = random.Random(seed)
    singles = characters()
    for _ in range(count):
        parts = []
        for _ in range(generator.randint(1, 24)):
            if generator.random() < 0.6:
                parts.append(generator.choice(SNIPPETS))
            elif generator.random() < 0.5:
                parts.append(chr(generator.randint(0x20, 0x7e)))
            else:
                parts.append(generator.choice(singles))
        yield "".join(parts)


def lengths(steps, texts):
    tokenizer = Tokenizer.from_str(json.dumps({
        "version": "1.0", "added_tokens": [], "normalizer": None, "post_processor": None, "decoder": None,
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": steps},
        "model": {"type": "BPE", "vocab": {}, "merges": []},
    }))
    # In the byte alphabet, a word has as many characters as bytes.
    return [[len(word) for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(text)] for text in texts]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("output")
    parser.add_argument("--random", type=int, default=0, help="so many random texts instead of the listed ones")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    texts = TEXTS + list(random_texts(60, 7))
    if arguments.random:
        texts = list(random_texts(arguments.random, arguments.seed))
    recorded = {"texts": texts, "steps": STEPS, "lengths": {name: lengths(steps, texts) for name, steps in STEPS.items()}}
    with open(arguments.output, "w", encoding="ascii") as file:
        json.dump(recorded, file, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    main()
