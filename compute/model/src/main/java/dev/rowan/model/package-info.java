/**
 * Language models as numbers: configuration, weights, tokenizer, and the forward pass that training differentiates.
 *
 * <p>A {@link dev.rowan.model.ModelFolder} is a Hugging Face folder: {@code config.json} ({@link
 * dev.rowan.model.LlamaConfig}), {@code model.safetensors} ({@link dev.rowan.model.SafeTensors}) and
 * {@code tokenizer.json} ({@link dev.rowan.model.Tokenizer}). {@link dev.rowan.model.LlamaWeights} holds the tensors,
 * {@link dev.rowan.model.Llama} runs whole sequences with gradients, and {@link dev.rowan.model.TokenHead} reads the
 * hidden states as a process reward model does. Decoding token by token with a cache is the engine's work.
 */
@NullMarked
package dev.rowan.model;

import org.jspecify.annotations.NullMarked;
