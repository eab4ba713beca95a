/**
 * Language models as numbers: configuration, weights, tokenizer, and the forward pass that training differentiates.
 *
 * <p>{@link dev.rowan.model.ModelFiles} is what a model is kept in: a Hugging Face folder ({@link
 * dev.rowan.model.ModelFolder}: {@code config.json}, {@link dev.rowan.model.SafeTensors}, {@code tokenizer.json}) or a GGUF
 * file. It gives a {@link dev.rowan.model.LlamaConfig}, whose variant says what is its {@link dev.rowan.model.Family}'s own,
 * {@link dev.rowan.model.LlamaWeights}, a {@link dev.rowan.model.Tokenizer} and perhaps a {@link
 * dev.rowan.model.ChatTemplate}. {@link dev.rowan.model.Llama} runs whole sequences with gradients; heads read its hidden
 * states. {@link dev.rowan.model.TextStream} turns tokens into text as they come. Decoding token by token with a cache is the
 * engine's work.
 */
@NullMarked
package dev.rowan.model;

import org.jspecify.annotations.NullMarked;
