"""transformers on a real model: the same jobs as dev.rowan.bench.Decoding, in bf16. A tree keeps and forks its cache.

Usage: decoding.py MODEL-FOLDER plain|prompt|tree BATCH
"""
import sys

import rounds
import torch
from transformers import AutoModelForCausalLM, DynamicCache

PROMPT, NEW, LONG_PROMPT, BRANCHES, DEPTH, EDGE, FIRST_WORD = 100, 128, 512, 4, 3, 32, 20


def main():
    folder, job, batch = sys.argv[1], sys.argv[2], int(sys.argv[3])
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.bfloat16).eval()
    vocabulary = model.config.vocab_size

    def prompts(count, length):
        return torch.randint(FIRST_WORD, vocabulary, (count, length))

    def draw(logits):
        return torch.multinomial(torch.softmax(logits.float(), -1), 1)

    def walk(cache, logits, steps):
        for step in range(steps):
            last = draw(logits)
            if step + 1 < steps:
                logits = model(input_ids=last, past_key_values=cache, use_cache=True).logits[:, -1]
        return last

    def plain():
        ids = prompts(batch, PROMPT)
        out = model.generate(
            ids,
            attention_mask=torch.ones_like(ids),
            do_sample=True,
            temperature=1.0,
            top_k=0,
            top_p=1.0,
            min_new_tokens=NEW,
            max_new_tokens=NEW,
            eos_token_id=None,
            pad_token_id=2,
        )
        return (out.shape[1] - PROMPT) * batch

    def prompt():
        model(prompts(batch, LONG_PROMPT), use_cache=True, logits_to_keep=1)
        return batch * LONG_PROMPT

    def tree():
        cache = DynamicCache(config=model.config)
        logits = model(prompts(1, PROMPT), past_key_values=cache, use_cache=True, logits_to_keep=1).logits[:, -1]
        count = 0
        for level in range(DEPTH):
            cache.batch_repeat_interleave(BRANCHES)
            last = walk(cache, logits.repeat_interleave(BRANCHES, 0), EDGE)
            count += BRANCHES ** (level + 1) * EDGE
            if level + 1 < DEPTH:
                logits = model(input_ids=last, past_key_values=cache, use_cache=True).logits[:, -1]
        return count

    def work(number):
        torch.manual_seed(number)
        with torch.inference_mode():
            return {"plain": plain, "prompt": prompt, "tree": tree}[job]()

    rounds.run(work, 3)


if __name__ == "__main__":
    main()
