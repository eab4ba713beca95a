/**
 * GGUF, the one-file format of llama.cpp: numbers, tokenizer and chat template together.
 *
 * <p>{@link dev.rowan.model.gguf.GgufFile} maps a file into memory and checks all that it claims before anything is made of
 * it; {@code GgufType} turns blocks of few bits into numbers. {@link dev.rowan.model.gguf.GgufModel} says the same in Rowan's
 * own words: {@code GgufConfig} reads the shape, {@code GgufNames} finds the tensors, {@code GgufTokenizer} writes the
 * vocabulary as a {@code tokenizer.json}.
 */
@NullMarked
package dev.rowan.model.gguf;

import org.jspecify.annotations.NullMarked;
