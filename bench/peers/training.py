"""PyTorch's eager training step on transformers' model: bf16 autocast, gradient clipping, fused AdamW.

Usage: training.py MODEL-FOLDER WORKLOAD-FILE [sdpa|eager]
"""
import rounds
import torch
from transformers import AutoModelForCausalLM

IGNORED = -100


def tensors(batch, pad):
    """Ids padded on the right, and labels of the completions alone. Causal attention never sees padding on the right,
    so there is no mask to slow it down."""
    longest = max(len(text["tokens"]) for text in batch)
    ids = torch.full((len(batch), longest), pad)
    labels = torch.full((len(batch), longest), IGNORED)
    for row, text in enumerate(batch):
        tokens, prompt = torch.tensor(text["tokens"]), text["promptLength"]
        ids[row, : len(tokens)] = tokens
        labels[row, prompt : len(tokens)] = tokens[prompt:]
    return ids, labels


def main():
    folder, workload, variant = rounds.arguments()
    model = AutoModelForCausalLM.from_pretrained(
        folder, dtype=torch.float32, attn_implementation=variant or "sdpa"
    ).train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-5, betas=(0.9, 0.98), weight_decay=0.0, fused=True)

    def work(number):
        count = 0
        for batch in workload["rounds"][number]["batches"]:
            ids, labels = tensors(batch, workload["pad"])
            with torch.autocast("cpu", torch.bfloat16):
                loss = model(input_ids=ids, labels=labels, use_cache=False).loss
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            count += sum(len(text["tokens"]) for text in batch)
        return count

    rounds.run(work, 5)


if __name__ == "__main__":
    main()
