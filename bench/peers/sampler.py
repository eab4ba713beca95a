"""A sampler in plain PyTorch: all roll-outs in one batch over one key-value cache that is allocated once, prompts read
once and shared out to their roll-outs, finished rows dropped, linear layers in bf16 autocast, one thread.

Usage: sampler.py MODEL-FOLDER WORKLOAD-FILE [bf16|fp32]   (the type of the cache and of attention's products)
"""
import json
import os

import rounds
import torch
import torch.nn.functional as F
from safetensors.torch import load_file

DROP_BELOW = 0.85


class Layer:
    """One block; query, key and value projections are joined, and so are the two of the feed-forward part."""

    def __init__(self, tensors, index):
        name = f"model.layers.{index}."
        attention = name + "self_attn."
        self.qkv = torch.cat([tensors[attention + part + "_proj.weight"] for part in "qkv"]).requires_grad_()
        self.out = tensors[attention + "o_proj.weight"].requires_grad_()
        self.gate_up = torch.cat([tensors[name + f"mlp.{p}_proj.weight"] for p in ("gate", "up")]).requires_grad_()
        self.down = tensors[name + "mlp.down_proj.weight"].requires_grad_()
        self.norm1 = tensors[name + "input_layernorm.weight"]
        self.norm2 = tensors[name + "post_attention_layernorm.weight"]


class Model:
    def __init__(self, folder, dtype):
        with open(os.path.join(folder, "config.json"), encoding="utf-8") as file:
            config = json.load(file)
        tensors = {name: t.float() for name, t in load_file(os.path.join(folder, "model.safetensors")).items()}
        self.dtype = dtype
        self.heads, self.kv = config["num_attention_heads"], config["num_key_value_heads"]
        self.size, self.eps = config["head_dim"], config["rms_norm_eps"]
        self.layers = [Layer(tensors, i) for i in range(config["num_hidden_layers"])]
        # Leaves that want gradients are what autocast keeps converted; no gradient is ever taken.
        self.embed = tensors["model.embed_tokens.weight"].requires_grad_()
        self.norm = tensors["model.norm.weight"]
        angles = torch.outer(
            torch.arange(config["max_position_embeddings"]).float(),
            config["rope_theta"] ** (-torch.arange(0, self.size, 2).float() / self.size),
        )
        self.cos, self.sin = angles.cos().repeat(1, 2), angles.sin().repeat(1, 2)

    def turn(self, x, positions):
        cos, sin = self.cos[positions].unsqueeze(1), self.sin[positions].unsqueeze(1)
        low, high = x.chunk(2, -1)
        return x * cos + torch.cat((-high, low), -1) * sin

    def attend(self, layer, x, positions, cache, at, mask):
        """x [rows, n, hidden] at cache slots at ... at + n; mask [rows, n, slots] or [rows, 1, slots], added."""
        rows, n, _ = x.shape
        qkv = F.linear(x, layer.qkv).float().view(rows, n, self.heads + 2 * self.kv, self.size).transpose(1, 2)
        turned = self.turn(qkv[:, : self.heads + self.kv], positions)
        cache[0][:, :, at : at + n] = turned[:, self.heads :]
        cache[1][:, :, at : at + n] = qkv[:, self.heads + self.kv :]
        keys, values = cache[0][:, :, : at + n], cache[1][:, :, : at + n]
        group = self.heads // self.kv
        query = (turned[:, : self.heads] * self.size**-0.5).to(self.dtype).reshape(rows, self.kv, group * n, self.size)
        with torch.autocast("cpu", enabled=False):
            scores = (query @ keys.transpose(2, 3)).view(rows, self.kv, group, n, at + n) + mask[:, None, None]
            shares = scores.softmax(-1).view(rows, self.kv, group * n, at + n)
            mixed = (shares @ values).view(rows, self.heads, n, self.size)
        return F.linear(mixed.transpose(1, 2).reshape(rows, n, -1), layer.out)

    def forward(self, tokens, positions, caches, at, mask):
        """Logits after the last of tokens [rows, n]."""
        x = F.embedding(tokens, self.embed)
        width = x.shape[-1:]
        for layer, cache in zip(self.layers, caches):
            x = x + self.attend(layer, F.rms_norm(x, width, layer.norm1, self.eps), positions, cache, at, mask)
            gate, up = F.linear(F.rms_norm(x, width, layer.norm2, self.eps), layer.gate_up).chunk(2, -1)
            x = x + F.linear(F.silu(gate) * up, layer.down)
        return F.linear(F.rms_norm(x[:, -1], width, self.norm, self.eps), self.embed).float()


def sample(model, prompts, each, most, eos, pad):
    """New tokens of each roll-out."""
    count, longest = len(prompts), max(map(len, prompts))
    tokens = torch.tensor([[pad] * (longest - len(p)) + p for p in prompts])
    gaps = torch.tensor([longest - len(p) for p in prompts])
    slots = torch.arange(longest + most)
    padded = slots[None] < gaps[:, None]
    hidden = padded[:, None, :longest] | (slots[:longest] > slots[:longest, None])[None]
    hidden &= ~torch.eye(longest, dtype=torch.bool)  # a padding row must see something: itself
    mask = torch.zeros(count, longest, longest, dtype=model.dtype).masked_fill_(hidden, float("-inf"))
    shape = (count, model.kv, longest, model.size)
    caches = [[torch.zeros(shape, dtype=model.dtype) for _ in "kv"] for _ in model.layers]
    logits = model.forward(tokens, (slots[None, :longest] - gaps[:, None]).clamp(min=0), caches, 0, mask)

    rows = count * each
    logits, gaps = logits.repeat_interleave(each, 0), gaps.repeat_interleave(each)
    for cache in caches:
        for i in range(2):
            grown = torch.zeros(rows, model.kv, longest + most, model.size, dtype=model.dtype)
            grown[:, :, :longest] = cache[i].repeat_interleave(each, 0)
            cache[i] = grown
    mask = torch.zeros(rows, 1, longest + most, dtype=model.dtype)
    mask.masked_fill_(padded.repeat_interleave(each, 0)[:, None], float("-inf"))

    results = [[] for _ in range(rows)]
    owners, done = list(range(rows)), set()
    for step in range(most):
        drawn = torch.multinomial(logits.softmax(-1), 1)
        for owner, token in zip(owners, drawn[:, 0].tolist()):
            if owner not in done:
                results[owner].append(token)
                if token == eos:
                    done.add(owner)
        left = [i for i, owner in enumerate(owners) if owner not in done]
        if not left or step == most - 1:
            break
        if len(left) < DROP_BELOW * len(owners):
            index = torch.tensor(left)
            caches = [[part[index] for part in cache] for cache in caches]
            mask, gaps, drawn = mask[index], gaps[index], drawn[index]
            owners = [owners[i] for i in left]
        at = longest + step
        logits = model.forward(drawn, (at - gaps)[:, None], caches, at, mask[:, :, : at + 1])
    return results


def main():
    folder, workload, variant = rounds.arguments()
    model = Model(folder, torch.float32 if variant == "fp32" else torch.bfloat16)

    def work(number):
        torch.manual_seed(number)
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            new = sample(
                model,
                workload["rounds"][number]["prompts"],
                workload["rollouts"],
                workload["maxTokens"],
                workload["eos"],
                workload["pad"],
            )
        return sum(map(len, new))

    rounds.run(work, 5)


if __name__ == "__main__":
    main()
