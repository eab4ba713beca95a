"""Makes src/test/resources/gguf/NAME.gguf of some of src/test/resources/tiny: the same numbers as llama.cpp keeps them.

Run from compute/model after make_tiny_models.py: python3 src/test/peers/make_tiny_ggufs.py
Made with Python 3.11 and the package gguf (llama.cpp's own), safetensors 0.8.0.
"""

import json
import math
import pathlib

import numpy
from gguf import GGUFWriter, RopeScalingType
from safetensors.torch import load_file

TINY = pathlib.Path("src/test/resources/tiny")
GGUF = pathlib.Path("src/test/resources/gguf")
PARTS = {
    "input_layernorm": "attn_norm",
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.q_norm": "attn_q_norm",
    "self_attn.k_norm": "attn_k_norm",
    "self_attn.o_proj": "attn_output",
    "post_attention_layernorm": "ffn_norm",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
    "model.embed_tokens": "token_embd",
    "model.norm": "output_norm",
    "lm_head": "output",
}
ARCHITECTURES = {
    "llama": "llama",
    "llama31": "llama",
    "llama-yarn": "llama",
    "mistral": "llama",
    "qwen2": "qwen2",
    "qwen3": "qwen3",
}
TEMPLATE = "{% for m in messages %}{{ bos_token }}{{ m.role }}:{{ m.content }}{{ eos_token }}{% endfor %}"


def renamed(name):
    stem, kind = name.rsplit(".", 1)
    if stem.startswith("model.layers."):
        _, _, layer, part = stem.split(".", 3)
        return f"blk.{layer}.{PARTS[part]}.{kind}"
    return f"{PARTS[stem]}.{kind}"


def neighbours(rows, heads):
    """Partners of a rotary embedding side by side, not half a head apart."""
    shape = rows.shape
    return rows.reshape(heads, 2, shape[0] // heads // 2, *shape[1:]).swapaxes(1, 2).reshape(shape)


def tokenizer(writer, name, eos):
    letters = [chr(c) for c in range(97, 123)]
    tokens = ["<pad>", "<end>", "<begin>"] + letters + ["Ġ", "1", "2", "ab", "abc", "de", "Ġa", "Ã", "©", "é", "-"]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre({"llama": "gpt-2", "llama-yarn": "gpt-2", "llama31": "llama-bpe"}.get(name, "qwen2"))
    writer.add_token_list(tokens[:40])
    writer.add_token_types([3, 3, 3] + [1] * 37)
    writer.add_token_merges(["a b", "ab c", "d e", "Ġ a"])
    writer.add_eos_token_id(eos)
    writer.add_bos_token_id(2)
    writer.add_pad_token_id(0)
    writer.add_add_bos_token(name == "llama31")
    writer.add_chat_template(TEMPLATE)


def make(name, architecture):
    config = json.loads((TINY / name / "config.json").read_text())
    rope = config["rope_parameters"]
    head = config.get("head_dim") or config["hidden_size"] // config["num_attention_heads"]
    writer = GGUFWriter(GGUF / f"{name}.gguf", architecture)
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_head_count_kv(config["num_key_value_heads"])
    writer.add_key_length(head)
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_rope_freq_base(rope["rope_theta"])
    if rope["rope_type"] == "yarn":
        writer.add_rope_scaling_type(RopeScalingType.YARN)
        writer.add_rope_scaling_factor(rope["factor"])
        writer.add_rope_scaling_orig_ctx_len(rope["original_max_position_embeddings"])
        writer.add_rope_scaling_yarn_beta_fast(rope["beta_fast"])
    if name == "mistral":
        writer.add_sliding_window(config["sliding_window"])
    tokenizer(writer, name, config["eos_token_id"])
    if rope["rope_type"] == "llama3":
        factors = []
        for i in range(head // 2):
            frequency = rope["rope_theta"] ** (-2 * i / head)
            turns = rope["original_max_position_embeddings"] * frequency / (2 * math.pi)
            share = min(1, max(0, (turns - 1) / 3))
            factors.append(1 / (share + (1 - share) / rope["factor"]))
        writer.add_tensor("rope_freqs.weight", numpy.array(factors, dtype=numpy.float32))
    for key, tensor in load_file(TINY / name / "model.safetensors").items():
        values = tensor.float().numpy()
        if architecture == "llama" and ("q_proj" in key or "k_proj" in key):
            values = neighbours(values, values.shape[0] // head)
        writer.add_tensor(renamed(key), numpy.ascontiguousarray(values))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


for name, architecture in ARCHITECTURES.items():
    make(name, architecture)
