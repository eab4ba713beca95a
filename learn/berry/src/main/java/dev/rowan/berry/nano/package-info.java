/**
 * Builds the shipped nano models from nothing: a policy by supervised fine-tuning on generated examples
 * ({@link dev.rowan.berry.nano.WarmStart}), and a process reward model from the policy's own roll-outs with exact labels
 * ({@link dev.rowan.berry.nano.NanoJudge}). {@link dev.rowan.berry.nano.NanoBuild} runs both and writes the folder.
 */
@NullMarked
package dev.rowan.berry.nano;

import org.jspecify.annotations.NullMarked;
