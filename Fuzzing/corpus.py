"""Writes the seeds in Corpus anew: small sound inputs for each target, made here and nowhere else."""

import json
import pathlib
import struct

HERE = pathlib.Path(__file__).parent / "Corpus"
UINT8, INT8, UINT32, INT32, FLOAT32, BOOL, STRING, ARRAY, UINT64, FLOAT64 = 0, 1, 4, 5, 6, 7, 8, 9, 10, 12
PLAIN = {UINT8: "<B", INT8: "<b", UINT32: "<I", INT32: "<i", FLOAT32: "<f", BOOL: "<?", UINT64: "<Q", FLOAT64: "<d"}


def text(value):
    data = value if isinstance(value, bytes) else value.encode()
    return struct.pack("<Q", len(data)) + data


def value(kind, content):
    if kind == STRING:
        return text(content)
    if kind == ARRAY:
        element, items = content
        return struct.pack("<IQ", element, len(items)) + b"".join(value(element, item) for item in items)
    return struct.pack(PLAIN[kind], content)


def gguf(pairs, tensors=(), version=3, alignment=32):
    """`pairs`: (key, kind, content); `tensors`: (name, shape, format id, contents)."""
    head = b"GGUF" + struct.pack("<IQQ", version, len(tensors), len(pairs))
    for key, kind, content in pairs:
        head += text(key) + struct.pack("<I", kind) + value(kind, content)
    data = b""
    for name, shape, form, contents in tensors:
        data += b"\0" * (-len(data) % alignment)
        head += text(name) + struct.pack("<I", len(shape)) + struct.pack(f"<{len(shape)}Q", *shape)
        head += struct.pack("<IQ", form, len(data))
        data += contents
    return head + b"\0" * (-len(head) % alignment) + data


ARCHITECTURE = ("general.architecture", STRING, "llama")
ALIGNMENT = ("general.alignment", UINT32, 64)
EVERY_KIND = [
    ARCHITECTURE,
    ("a.u8", UINT8, 200), ("a.i8", INT8, -5), ("a.u32", UINT32, 7), ("a.i32", INT32, -7), ("a.f32", FLOAT32, 0.5),
    ("a.bool", BOOL, True), ("a.u64", UINT64, 1 << 40), ("a.f64", FLOAT64, 1e300),
    ("a.strings", ARRAY, (STRING, ["a", "", "é"])), ("a.floats", ARRAY, (FLOAT32, [1, 2])),
    ("a.nested", ARRAY, (ARRAY, [(STRING, ["x"]), (UINT8, [1, 2, 3])])),
]
BYTES = [chr(b) if 33 <= b < 127 else chr(0x100 + b) for b in range(256)]
BYTE_PAIR = [
    ("tokenizer.ggml.model", STRING, "gpt2"), ("tokenizer.ggml.pre", STRING, "qwen2"),
    ("tokenizer.ggml.tokens", ARRAY, (STRING, ["a", "b", "ab", "Ġ", "Ġa", "Ċ", "1", "<s>", "</s>"])),
    ("tokenizer.ggml.token_type", ARRAY, (INT32, [1, 1, 1, 1, 1, 1, 1, 3, 3])),
    ("tokenizer.ggml.merges", ARRAY, (STRING, ["a b", "Ġ a", "x y"])),
    ("tokenizer.ggml.bos_token_id", UINT32, 7), ("tokenizer.ggml.eos_token_id", UINT32, 8),
    ("tokenizer.ggml.add_bos_token", BOOL, True),
]
SENTENCE_PIECE = [
    ("tokenizer.ggml.model", STRING, "llama"),
    ("tokenizer.ggml.tokens", ARRAY, (STRING, ["<unk>", "<s>", "</s>", "<0x41>", "▁", "a", "▁a", "b", "ab"])),
    ("tokenizer.ggml.scores", ARRAY, (FLOAT32, [0, 0, 0, 0, -1, -2, -3, -4, -5])),
    ("tokenizer.ggml.token_type", ARRAY, (INT32, [2, 3, 3, 6, 1, 1, 1, 1, 1])),
    ("tokenizer.ggml.unknown_token_id", UINT32, 0), ("tokenizer.ggml.bos_token_id", UINT32, 1),
    ("tokenizer.ggml.eos_token_id", UINT32, 2),
]
CHAT = b'\0{"messages": [{"role": "system", "content": "S"}, {"role": "user", "content": [{"type": "text", "text": "H"}]},'
CHAT += b' {"role": "assistant", "content": null, "tool_calls": [{"function": {"name": "f", "arguments": {"a": 1}}}]}],'
CHAT += b' "tools": [{"name": "f", "d": {"x": [1, 2.5, true, null]}}]}'
TEMPLATES = {
    "turns": "{% for m in messages %}<{{ m.role }}>{{ m['content'] | trim }}{{ loop.index0 }}{% endfor %}{{ bos_token }}",
    "tools": "{%- if tools %}{%- for t in tools %}{{ t | tojson(indent=2) }}{% if not loop.last %}, {% endif %}"
    "{%- endfor %}{% endif %}",
    "scopes": "{% set ns = namespace(n=0, s='') %}{% for m in messages[1:] if m.role != 'tool' %}{% set ns.n = ns.n + 1 %}"
    "{% set ns.s = ns.s ~ m.role[::-1] %}{% else %}none{% endfor %}{{ ns.n }}{{ ns.s }}",
    "macros": "{% macro f(a, b='x') %}{{ a }}{{ b }}{{ varargs }}{{ kwargs }}{% if caller %}{{ caller(1) }}{% endif %}"
    "{% endmacro %}{{ f(1, 2, 3, k=4) }}{% call(v) f('q') %}[{{ v }}]{% endcall %}",
    "recursion": "{% for x in [[1, [2]], [3]] recursive %}{{ loop.depth }}{% if x is iterable %}{{ loop(x) }}"
    "{% endif %}{{ loop.cycle('a', 'b') }}{{ loop.changed(x) }}{% endfor %}",
    "filters": "{{ [3, 1, 2] | sort | map('string') | join('-') }}{{ {'b': 1} | dictsort | list }}{{ 'a b' | title }}"
    "{{ 2.5 | round(1) }}{{ [1, 2, 3] | batch(2) | list }}{{ ['a', 'b'] | first | upper | replace('A', 'c') }}",
    "texts": "{{ '%s-%05.2f|%-4d' % ('a', 1.5, 3) }}{{ '{0:>5}{x!r}'.format(1, x='y') }}{{ 'a,b'.split(',')[-1] }}"
    "{{ 'x'.center(5, '*') }}{{ '\\u00e9\\n'.encode is defined }}{{ 'ab'.find('b') if 1 else '' }}",
    "whitespace": "a\n  {%- set x %}b{% endset +%}\n {#- c -#} {% raw %}{{ {% endraw -%} {{- x -}} \n{% filter upper %}z"
    "{% endfilter %}{% with y = 1 %}{{ y }}{% endwith %}",
    "refusals": "{% for m in messages %}{% if messages | length > 9 or 1 in [2] %}{{ raise_exception('No') }}{% elif x is defined %}"
    "{% break %}{% endif %}{% endfor %}{{ strftime_now('%d %b %Y') }}{% generation %}g{% endgeneration %}",
}
DOCUMENTS = {
    "values": '{"a": [1, -2.5e3, true, false, null, "x"], "b": {"c": {}}, "d": []}',
    "strings": '["\\u00e9\\ud83c\\udf89 \\n\\t\\"\\\\\\/\\b\\f\\r", "日本", ""]',
    "numbers": "[0, -0, 1e308, 5e-324, 9223372036854775807, -9223372036854775808, 9223372036854775808, 0.1]",
    "nested": "[" * 40 + "]" * 40,
}


def safetensors(tensors, metadata=None):
    """`tensors`: (name, dtype, shape, contents)."""
    header, data = {"__metadata__": metadata} if metadata else {}, b""
    for name, kind, shape, contents in tensors:
        header[name] = {"dtype": kind, "shape": shape, "data_offsets": [len(data), len(data) + len(contents)]}
        data += contents
    head = json.dumps(header, separators=(",", ":")).encode()
    head += b" " * (-len(head) % 8)
    return struct.pack("<Q", len(head)) + head + data


def added(*names):
    return [{"id": index, "content": name, "single_word": False, "lstrip": False, "rstrip": index == 1,
             "normalized": False, "special": True} for index, name in enumerate(names)]


TOKENIZERS = {
    "byte-level": {
        "added_tokens": added("<s>", "</s>"), "normalizer": {"type": "NFC"},
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
            {"type": "Split", "pattern": {"Regex": r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}|"
             r" ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"}, "behavior": "Isolated", "invert": False},
            {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": False, "use_regex": False}]},
        "post_processor": {"type": "TemplateProcessing",
                           "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
                           "pair": [], "special_tokens": {"<s>": {"id": "<s>", "ids": [0], "tokens": ["<s>"]}}},
        "decoder": {"type": "ByteLevel"},
        "model": {"type": "BPE", "unk_token": None, "byte_fallback": False, "ignore_merges": False,
                  "vocab": {"<s>": 0, "</s>": 1, "a": 2, "b": 3, "ab": 4, "\u0120": 5, "\u0120a": 6, "1": 7},
                  "merges": ["a b", ["\u0120", "a"]]}},
    "unigram": {
        "added_tokens": added("<unk>", "<s>"), "normalizer": {"type": "Sequence", "normalizers": [
            {"type": "Replace", "pattern": {"String": " "}, "content": "\u2581"}, {"type": "Prepend", "prepend": "\u2581"}]},
        "pre_tokenizer": {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always", "split": True},
        "model": {"type": "Unigram", "unk_id": 0, "byte_fallback": True,
                  "vocab": [["<unk>", 0], ["<s>", 0], ["\u2581", -1.5], ["a", -2], ["\u2581a", -2.5], ["<0x41>", -9]]}},
    "word-piece": {
        "added_tokens": added("[UNK]", "[CLS]"),
        "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None,
                       "lowercase": True},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                  "max_input_chars_per_word": 100, "vocab": {"[UNK]": 0, "[CLS]": 1, "a": 2, "##b": 3, "ab": 4, "1": 5}}},
}

# The first byte says which notation it is: 0 for grammars, 1 for regular expressions, 2 for JSON schemas.
CONSTRAINTS = {
    "grammar": b'\0root ::= sum # left\nsum ::= sum [+-] value | value\nvalue ::= [0-9]{1,3} | "(" sum ")" | "\\u00e9"\n',
    "expression": b"\1^(?:[A-Z][a-z]+ ){1,3}\\d{4}-\\d{2}(\\.\\d+)?|\\p{Lu}*$",
    "schema": b'\2{"type":"object","properties":{"a":{"$ref":"#/$defs/n"},"b":{"type":"array","prefixItems":[{"enum":[1,"x"]}],'
              b'"items":{"anyOf":[{"type":"string","pattern":"^a","maxLength":4},{"type":"null"}]},"maxItems":3}},'
              b'"required":["a"],"$defs":{"n":{"type":"integer","minimum":-5,"multipleOf":3}}}',
}


def write(folder, name, data):
    (HERE / folder).mkdir(parents=True, exist_ok=True)
    (HERE / folder / name).write_bytes(data)


def main():
    blocks = bytes(range(144)) * 2
    write("gguf", "kinds", gguf(EVERY_KIND))
    write("gguf", "tensors", gguf(
        [ARCHITECTURE, ALIGNMENT],
        [("a.weight", (4, 2), 0, b"\0" * 32), ("b.weight", (64,), 2, b"\1" * 36), ("c.bias", (2, 1, 1, 1), 1, b"\2" * 4)],
        alignment=64))
    write("gguf", "old", gguf([ARCHITECTURE], [("k", (512,), 12, blocks)], version=2))
    write("gguf", "empty", gguf([]))
    write("vocabulary", "byte-pair", gguf(BYTE_PAIR))
    write("vocabulary", "sentence-piece", gguf(SENTENCE_PIECE))
    write("vocabulary", "bytes", gguf([
        ("tokenizer.ggml.model", STRING, "gpt2"), ("tokenizer.ggml.pre", STRING, "smollm"),
        ("tokenizer.ggml.tokens", ARRAY, (STRING, BYTES)), ("tokenizer.ggml.merges", ARRAY, (STRING, []))]))
    write("safetensors", "plain", safetensors([
        ("a", "F32", [2, 3], b"\0" * 24), ("b.c", "BF16", [4], b"\1" * 8), ("empty", "F16", [0, 5], b"")]))
    write("safetensors", "kinds", safetensors([
        ("i", "I64", [1], b"\2" * 8), ("f", "F8_E4M3", [3], b"\3" * 3), ("h", "F4", [2, 3], b"\4" * 3)], {"format": "pt"}))
    write("safetensors", "none", safetensors([]))
    for name, document in TOKENIZERS.items():
        write("tokenizer", name, json.dumps(document, ensure_ascii=False, indent=1).encode())
    for name, source in TEMPLATES.items():
        write("template", name, source.encode() + CHAT)
    for name, document in DOCUMENTS.items():
        write("json", name, document.encode())
    for name, source in CONSTRAINTS.items():
        write("constraint", name, source)


main()
