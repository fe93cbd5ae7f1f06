"""Writes quantized.json: how far the formats that are written here come from seeded values when llama.cpp writes them.

    python3 -m pip install xllamacpp gguf numpy && python3 quantize.py
"""
import ctypes
import json
import pathlib

import gguf
import numpy
import xllamacpp

FORMATS = "Q4_0 Q5_0 Q5_1 Q8_0 Q4_K Q5_K Q6_K IQ4_NL".split()
ROWS, COLUMNS = 64, 768


def values():
    """Sums of three uniform numbers, and every 97th eight times as large: SplitMix64's upper 24 bits from seed 42."""
    mask, state, numbers = (1 << 64) - 1, 42, []
    for _ in range(3 * ROWS * COLUMNS):
        state = (state + 0x9E3779B97F4A7C15) & mask
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        z ^= z >> 31
        numbers.append(((z >> 40) - (1 << 23)) / (1 << 23))
    parts = numpy.array(numbers, numpy.float32).reshape(-1, 3)
    result = parts[:, 0] + parts[:, 1] + parts[:, 2]
    result[::97] *= 8
    return result.reshape(ROWS, COLUMNS)


library = ctypes.CDLL(str(next(pathlib.Path(xllamacpp.__file__).parent.glob("*.so"))))
quantize = library.ggml_quantize_chunk
quantize.restype = ctypes.c_size_t
quantize.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p] + [ctypes.c_int64] * 3 + [ctypes.c_void_p]
original = numpy.ascontiguousarray(values())
errors = {}
for name in FORMATS:
    kind = gguf.GGMLQuantizationType[name]
    size, bytes_ = gguf.GGML_QUANT_SIZES[kind]
    output = numpy.zeros((ROWS, COLUMNS // size * bytes_), numpy.uint8)
    library.ggml_quantize_init(int(kind))
    quantize(int(kind), original.ctypes.data, output.ctypes.data, 0, ROWS, COLUMNS, None)
    decoded = gguf.quants.dequantize(output, kind).astype(numpy.float64)
    difference = decoded - original
    errors[name] = float(numpy.sqrt((difference ** 2).sum() / (original.astype(numpy.float64) ** 2).sum()))
pathlib.Path(__file__).with_name("quantized.json").write_text(json.dumps(errors, indent=1) + "\n")
