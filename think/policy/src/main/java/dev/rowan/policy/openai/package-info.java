/**
 * A policy that asks a model behind any endpoint that speaks OpenAI's Chat Completions.
 *
 * <p>{@link dev.rowan.policy.openai.Endpoint} says where and how; {@link dev.rowan.policy.openai.RemotePolicy} is the
 * policy. Inside, {@code ChatRequest} words a request, {@code LineStream} turns the answer's bytes into lines that can be
 * waited for with a deadline, {@code Reply} collects the tokens of one answer, {@code Call} is one try, and {@code Backoff}
 * decides how long to wait before the next.
 */
@NullMarked
package dev.rowan.policy.openai;

import org.jspecify.annotations.NullMarked;
