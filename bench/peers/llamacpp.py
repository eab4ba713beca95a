"""llama.cpp on the GGUF of the same model: N sequences of 100 tokens, continued by 128 each, at temperature 1.

Usage: llamacpp.py GGUF-FILE plain BATCH     (pip install llama-cpp-python==0.3.36)
"""
import ctypes
import random
import sys

import llama_cpp as llama
import rounds

PROMPT, NEW, FIRST_WORD, CONTEXT = 100, 128, 20, 16384


# It is kept here because llama.cpp keeps only its address.
SILENCE = llama.llama_log_callback(lambda level, text, data: None)


class Batch:
    """The tokens of one pass."""

    def __init__(self):
        self.native = llama.llama_batch_init(2048, 0, 1)

    def clear(self):
        self.native.n_tokens = 0

    def add(self, token, position, sequence, wanted):
        i = self.native.n_tokens
        self.native.token[i], self.native.pos[i] = token, position
        self.native.n_seq_id[i], self.native.seq_id[i][0] = 1, sequence
        self.native.logits[i] = wanted
        self.native.n_tokens = i + 1


def sampler(seed):
    chain = llama.llama_sampler_chain_init(llama.llama_sampler_chain_default_params())
    llama.llama_sampler_chain_add(chain, llama.llama_sampler_init_temp(1.0))
    llama.llama_sampler_chain_add(chain, llama.llama_sampler_init_dist(seed))
    return chain


def main():
    count = int(sys.argv[3])
    llama.llama_log_set(SILENCE, ctypes.c_void_p(0))
    llama.llama_backend_init()
    model = llama.llama_model_load_from_file(sys.argv[1].encode(), llama.llama_model_default_params())
    vocabulary = llama.llama_vocab_n_tokens(llama.llama_model_get_vocab(model))
    settings = llama.llama_context_default_params()
    settings.n_ctx, settings.n_batch, settings.n_ubatch = CONTEXT, 2048, 512
    settings.n_seq_max, settings.kv_unified = count, True
    settings.n_threads = settings.n_threads_batch = 1
    context = llama.llama_init_from_model(model, settings)
    batch = Batch()

    def decode():
        if llama.llama_decode(context, batch.native) != 0:
            sys.exit("llamacpp: a pass failed")

    def work(number):
        source = random.Random(number)
        llama.llama_memory_clear(llama.llama_get_memory(context), True)
        samplers = [sampler(i) for i in range(count)]
        last = []
        for i in range(count):
            batch.clear()
            for position in range(PROMPT):
                batch.add(source.randrange(FIRST_WORD, vocabulary), position, i, position == PROMPT - 1)
            decode()
            last.append(llama.llama_sampler_sample(samplers[i], context, -1))
        for step in range(1, NEW):
            batch.clear()
            for i in range(count):
                batch.add(last[i], PROMPT + step - 1, i, True)
            decode()
            last = [llama.llama_sampler_sample(samplers[i], context, i) for i in range(count)]
        for chain in samplers:
            llama.llama_sampler_free(chain)
        return count * NEW

    rounds.run(work, 3)


if __name__ == "__main__":
    main()
