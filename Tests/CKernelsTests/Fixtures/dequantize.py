"""Writes dequantized.json: random blocks of every tensor format, and their values as PyPI's `gguf` computes them.

    python3 -m pip install gguf numpy && python3 dequantize.py
"""
import json
import pathlib

import gguf
import numpy

FORMATS = (
    "F16 BF16 Q4_0 Q4_1 Q5_0 Q5_1 Q8_0 Q4_K Q5_K Q6_K Q2_K Q3_K IQ4_NL IQ4_XS MXFP4 Q8_K".split())
# Where a block's 16-bit scales are: random bits there would make infinities.
HALVES = {
    "Q4_0": [0], "Q4_1": [0, 2], "Q5_0": [0], "Q5_1": [0, 2], "Q8_0": [0],
    "Q4_K": [0, 2], "Q5_K": [0, 2], "Q6_K": [208], "F16": [0], "BF16": [], "Q2_K": [80, 82], "Q3_K": [108],
    "IQ4_NL": [0], "IQ4_XS": [0], "MXFP4": [], "Q8_K": [],
}

random = numpy.random.default_rng(20261123)
cases = []
for name in FORMATS:
    kind = gguf.GGMLQuantizationType[name]
    size, bytes_ = gguf.GGML_QUANT_SIZES[kind]
    blocks = 64 if size == 1 else 64 // 32 if size == 32 else 2
    data = random.integers(0, 256, (blocks, bytes_), dtype=numpy.uint8)
    for offset in HALVES[name]:
        scales = (random.standard_normal(blocks) / 50).astype(numpy.float16)
        data[:, offset : offset + 2] = scales.view(numpy.uint8).reshape(blocks, 2)
    if name == "BF16":
        values = random.standard_normal(blocks).astype(numpy.float32)
        data = (values.view(numpy.uint32) >> 16).astype(numpy.uint16).view(numpy.uint8).reshape(blocks, 2)
    if name == "MXFP4":
        data[:, 0] = [0, 1, 2, 130][:blocks] if blocks < 4 else random.integers(0, 140, blocks)
    if name == "Q8_K":
        # The package has its layout but no code for it: a float, and bytes.
        scales = (random.standard_normal(blocks) / 50).astype(numpy.float32)
        data[:, :4] = scales.view(numpy.uint8).reshape(blocks, 4)
        values = scales[:, None] * data[:, 4:260].view(numpy.int8)
    else:
        values = gguf.quants.dequantize(data.reshape(1, -1), kind)
    values = values.reshape(-1)
    cases.append({
        "format": name,
        "bytes": data.tobytes().hex(),
        "values": [float(v) for v in values.astype(numpy.float32)],
    })
path = pathlib.Path(__file__).with_name("dequantized.json")
path.write_text(json.dumps(cases))
