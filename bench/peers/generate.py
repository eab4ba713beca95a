"""transformers' generate at batch 64 on the same folder: prompts of similar length together, padded on the left.

Usage: generate.py MODEL-FOLDER WORKLOAD-FILE [fp32|bf16]-[sdpa|eager]
"""
import rounds
import torch
from transformers import AutoModelForCausalLM

BATCH = 64


def main():
    folder, workload, variant = rounds.arguments()
    dtype, attention = (variant or "fp32-sdpa").split("-")
    model = AutoModelForCausalLM.from_pretrained(
        folder, dtype=torch.bfloat16 if dtype == "bf16" else torch.float32, attn_implementation=attention
    ).eval()
    eos, pad = workload["eos"], workload["pad"]

    def work(number):
        torch.manual_seed(number)
        prompts = [p for p in workload["rounds"][number]["prompts"] for _ in range(workload["rollouts"])]
        prompts.sort(key=len)
        count = 0
        for start in range(0, len(prompts), BATCH):
            batch = prompts[start : start + BATCH]
            longest = max(map(len, batch))
            ids = torch.tensor([[pad] * (longest - len(p)) + p for p in batch])
            seen = torch.tensor([[0] * (longest - len(p)) + [1] * len(p) for p in batch])
            with torch.inference_mode():
                out = model.generate(
                    ids,
                    attention_mask=seen,
                    do_sample=True,
                    temperature=1.0,
                    top_k=0,
                    top_p=1.0,
                    max_new_tokens=workload["maxTokens"],
                    eos_token_id=eos,
                    pad_token_id=pad,
                )
            # A row's tokens up to and with its end; what follows is padding.
            count += int((out[:, longest:] != pad).sum())
        return count

    rounds.run(work, 5)


if __name__ == "__main__":
    main()
