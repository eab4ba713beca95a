/**
 * The loop: roll out, verify, prune, post-train, evaluate, and again from the better policy.
 *
 * <p>{@link dev.rowan.berry.BerryRun} is the run, to be read first: it examines the policy ({@code Examiner}), gathers
 * each round's roll-outs ({@code BerryRound}, with {@link dev.rowan.berry.RolloutSampler} and {@code Pruning}), learns from
 * them ({@code PolicyInTraining}), and measures what test-time compute buys ({@code TestTime}). {@code RunFolder} keeps
 * what is finished. {@code dev.rowan.berry.nano} builds the models that are shipped, {@code dev.rowan.berry.report} tells
 * what a run has found.
 */
@NullMarked
package dev.rowan.berry;

import org.jspecify.annotations.NullMarked;
