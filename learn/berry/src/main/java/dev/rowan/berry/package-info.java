/**
 * The loop: roll out, verify, prune, post-train, evaluate, and again from the better policy.
 *
 * <p>{@link dev.rowan.berry.RolloutSampler} writes many chains at once. {@code dev.rowan.berry.nano} builds the models that
 * are shipped, {@code dev.rowan.berry.report} tells what a run has found.
 */
@NullMarked
package dev.rowan.berry;

import org.jspecify.annotations.NullMarked;
