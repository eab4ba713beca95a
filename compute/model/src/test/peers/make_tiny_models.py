"""Makes src/test/resources/tiny/*: random models of each family in Hugging Face's own layout, and the logits they give.

Run from compute/model: python3 src/test/peers/make_tiny_models.py
Made with Python 3.11, torch 2.15.0, transformers 5.23.0, safetensors 0.8.0.
"""

import json
import pathlib
import shutil

import torch
from transformers import AutoConfig, AutoModelForCausalLM

FOLDER = pathlib.Path("src/test/resources/tiny")
IDS = [[5, 17, 3, 39, 0, 22, 22, 8, 31, 14, 2, 9], [1, 2, 3, 4, 5, 6, 7, 38, 37, 36, 35, 34]]
PLAIN = {"rope_type": "default", "rope_theta": 5000.0}
LLAMA3 = {
    "rope_type": "llama3",
    "rope_theta": 5000.0,
    "factor": 8.0,
    "low_freq_factor": 1.0,
    "high_freq_factor": 4.0,
    "original_max_position_embeddings": 16,
}
LLAMA31 = dict(LLAMA3, rope_theta=500000.0, factor=32.0, original_max_position_embeddings=8192)
# name: (type of the saved weights, bytes in a shard, what config.json says)
MODELS = {
    "llama": (torch.float32, "1GB", dict(model_type="llama", tie_word_embeddings=True)),
    "llama3": (
        torch.float32,
        "4KB",
        dict(model_type="llama", tie_word_embeddings=False, rope_parameters=LLAMA3, eos_token_id=[1, 2, 3]),
    ),
    "llama31": (
        torch.float32,
        "1GB",
        dict(model_type="llama", head_dim=8, rope_parameters=LLAMA31),
    ),
    "llama-linear": (
        torch.float16,
        "1GB",
        dict(model_type="llama", rope_parameters=dict(PLAIN, rope_type="linear", factor=3.0)),
    ),
    "llama-dynamic": (
        torch.float32,
        "1GB",
        dict(model_type="llama", rope_parameters=dict(PLAIN, rope_type="dynamic", factor=2.0)),
    ),
    "llama-yarn": (
        torch.float32,
        "1GB",
        dict(
            model_type="llama",
            tie_word_embeddings=True,
            rope_parameters=dict(
                PLAIN, rope_type="yarn", factor=4.0, original_max_position_embeddings=16, beta_fast=8.0
            ),
        ),
    ),
    "mistral": (torch.bfloat16, "1GB", dict(model_type="mistral", sliding_window=5, head_dim=8)),
    "qwen2": (torch.float32, "1GB", dict(model_type="qwen2", tie_word_embeddings=True)),
    "qwen2-window": (
        torch.float32,
        "1GB",
        dict(model_type="qwen2", use_sliding_window=True, sliding_window=4, max_window_layers=1),
    ),
    "qwen2-alternating": (
        torch.float32,
        "1GB",
        dict(
            model_type="qwen2",
            num_hidden_layers=4,
            use_sliding_window=True,
            sliding_window=4,
            layer_types=["full_attention", "sliding_attention", "full_attention", "sliding_attention"],
        ),
    ),
    "qwen3": (torch.float32, "1GB", dict(model_type="qwen3", head_dim=8, tie_word_embeddings=True)),
}


def make(name, dtype, shard, settings):
    common = dict(
        vocab_size=40,
        hidden_size=16,
        intermediate_size=24,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=64,
        rope_parameters=PLAIN,
        rms_norm_eps=1e-5,
        bos_token_id=None,
        eos_token_id=1,
        pad_token_id=0,
        attn_implementation="eager",
    )
    torch.manual_seed(20)
    config = AutoConfig.for_model(**{**common, **settings})
    model = AutoModelForCausalLM.from_config(config).float().eval()
    with torch.no_grad():
        # Far from the initial values, so that a wrong angle, norm, bias or group shows.
        for parameter in model.parameters():
            norm = parameter.dim() == 1 and parameter.mean() == 1
            parameter.copy_((torch.randn_like(parameter) * 0.25 + norm).to(dtype))
        logits = model(torch.tensor(IDS)).logits
    folder = FOLDER / name
    shutil.rmtree(folder, ignore_errors=True)
    model.to(dtype).save_pretrained(folder, max_shard_size=shard)
    (folder / "generation_config.json").unlink(missing_ok=True)
    rounded = [[[round(value, 5) for value in row] for row in rows] for rows in logits.tolist()]
    (folder / "expected.json").write_text(json.dumps({"ids": IDS, "logits": rounded}) + "\n")


for name, (dtype, shard, settings) in MODELS.items():
    make(name, dtype, shard, settings)
