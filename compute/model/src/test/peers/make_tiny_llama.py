"""Makes src/test/resources/tiny-llama: a random Llama in Hugging Face's own layout, and the logits that it gives.

Run from compute/model: python3 src/test/peers/make_tiny_llama.py
Made with Python 3.11, torch 2.15.0, transformers 5.23.0, safetensors 0.8.0.
"""

import json
import pathlib

import torch
from transformers import LlamaConfig, LlamaForCausalLM

FOLDER = pathlib.Path("src/test/resources/tiny-llama")
IDS = [[5, 17, 3, 39, 0, 22, 22, 8, 31, 14, 2, 9], [1, 2, 3, 4, 5, 6, 7, 38, 37, 36, 35, 34]]

torch.manual_seed(20)
config = LlamaConfig(
    vocab_size=40,
    hidden_size=32,
    intermediate_size=48,
    num_hidden_layers=2,
    num_attention_heads=4,
    num_key_value_heads=2,
    max_position_embeddings=64,
    rope_parameters={"rope_type": "default", "rope_theta": 5000.0},
    rms_norm_eps=1e-5,
    tie_word_embeddings=True,
    bos_token_id=None,
    eos_token_id=1,
    pad_token_id=0,
)
model = LlamaForCausalLM(config).float().eval()
with torch.no_grad():
    # Far from the initial values, so that a wrong angle, norm or group shows.
    for parameter in model.parameters():
        parameter.copy_(torch.randn_like(parameter) * 0.25 + (1 if parameter.dim() == 1 else 0))
    logits = model(torch.tensor(IDS)).logits
model.save_pretrained(FOLDER)
(FOLDER / "generation_config.json").unlink(missing_ok=True)
rounded = [[[round(value, 5) for value in position] for position in row] for row in logits.tolist()]
(FOLDER / "expected.json").write_text(json.dumps({"ids": IDS, "logits": rounded}) + "\n")
