"""Makes src/test/resources/gguf/blocks.gguf: random numbers in every packing, and expected.json: what they unpack to.

Run from compute/model: python3 src/test/peers/make_gguf_blocks.py
Made with Python 3.11 and the package gguf (llama.cpp's own) in the version that expected.json names.
"""

import importlib.metadata
import json
import pathlib

import numpy
from gguf import GGMLQuantizationType as Type
from gguf import GGUFWriter, quants

FOLDER = pathlib.Path("src/test/resources/gguf")
TYPES = ["F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q4_K", "Q5_K", "Q6_K"]
SIZES = {"Q4_K": 144, "Q5_K": 176, "Q6_K": 210}
HALVES = {"Q4_K": (0, 2), "Q5_K": (0, 2), "Q6_K": (208,)}

random = numpy.random.default_rng(5)
writer = GGUFWriter(FOLDER / "blocks.gguf", "none")
expected = {"gguf": importlib.metadata.version("gguf")}
for name in TYPES:
    kind = Type[name]
    if name in SIZES:
        # The package unpacks these but does not pack them: any bytes with sane scales are a block.
        packed = random.integers(0, 256, (2, 2 * SIZES[name]), dtype=numpy.uint8)
        for block in range(2):
            for at in HALVES[name]:
                scale = random.uniform(0.01, 0.1, 2).astype(numpy.float16).view(numpy.uint8)
                start = block * SIZES[name] + at
                packed[0, start : start + 2] = scale[:2]
                packed[1, start : start + 2] = scale[2:]
    else:
        packed = quants.quantize(random.normal(0, 1, (2, 64)).astype(numpy.float32), kind)
    writer.add_tensor(name, packed, raw_dtype=kind)
    numbers = packed if name == "F32" else quants.dequantize(packed, kind)
    expected[name] = [float(value) for value in numbers.astype(numpy.float32).ravel()]
writer.write_header_to_file()
writer.write_kv_data_to_file()
writer.write_tensors_to_file()
writer.close()
(FOLDER / "expected.json").write_text(json.dumps(expected) + "\n")
