/**
 * Policies: the models that write chains of thought. {@link dev.rowan.policy.LocalPolicy} runs a model folder on this
 * machine's engine; {@code dev.rowan.policy.openai} asks an endpoint.
 */
@NullMarked
package dev.rowan.policy;

import org.jspecify.annotations.NullMarked;
