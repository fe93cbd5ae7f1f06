"""Records what llama.cpp makes of conversations in the formats of the built-in templates, for the tests to compare with.

Needs the package xllamacpp 2026.10.11549, whose module carries llama.cpp's own table of formats. Writes built-in.json
anew. What it records is llama.cpp's, never our own output.
"""

import ctypes
import json
import pathlib

import xllamacpp

HERE = pathlib.Path(__file__).parent
# Our names, llama.cpp's, and the token that ends a turn in its table.
FORMATS = {
    "chatml": ("chatml", ""), "llama2": ("llama2-sys", "</s>"), "llama3": ("llama3", ""), "mistral": ("mistral-v3", "</s>"),
    "gemma": ("gemma", ""), "phi3": ("phi3", ""), "zephyr": ("zephyr", "<|endoftext|>"), "vicuna": ("vicuna", "</s>"),
    "deepseek3": ("deepseek3", ""), "command-r": ("command-r", ""), "granite": ("granite", ""), "phi4": ("phi4", ""),
}
CONVERSATIONS = [
    [("user", "Hi")],
    [("system", "Be brief."), ("user", "Hi")],
    [("system", " S \n"), ("user", " Hi\n"), ("assistant", "  Yes?\n"), ("user", "é日本 <|x|>")],
    [("user", "a"), ("assistant", "b"), ("user", "c"), ("assistant", "d"), ("user", "")],
    [("user", "a"), ("assistant", "b")],
]


class Message(ctypes.Structure):
    _fields_ = [("role", ctypes.c_char_p), ("content", ctypes.c_char_p)]


def main():
    module = next(pathlib.Path(xllamacpp.__file__).parent.glob("xllamacpp*.so"))
    apply = ctypes.CDLL(str(module)).llama_chat_apply_template
    apply.restype = ctypes.c_int32
    recorded = []
    for ours, (theirs, end) in FORMATS.items():
        for turns in CONVERSATIONS:
            messages = (Message * len(turns))(*[Message(role.encode(), content.encode()) for role, content in turns])
            for begins_answer in (True, False):
                buffer = ctypes.create_string_buffer(1 << 14)
                length = apply(
                    theirs.encode(), messages, ctypes.c_size_t(len(turns)), ctypes.c_bool(begins_answer), buffer,
                    ctypes.c_int32(len(buffer)))
                if length < 0:
                    raise ValueError(f"llama.cpp knows no format {theirs}")
                recorded.append({
                    "template": ours, "end": end, "turns": turns, "begins_answer": begins_answer,
                    "prompt": buffer.raw[:length].decode(),
                })
    text = json.dumps(recorded, ensure_ascii=False, indent=0, separators=(",", ":"))
    (HERE / "built-in.json").write_text(text + "\n")


main()
