/**
 * The nouns and verbs of Rowan, and nothing else.
 *
 * <p>A {@link dev.rowan.core.Problem} is given to a {@link dev.rowan.core.Policy}, which writes a chain of thought as
 * {@link dev.rowan.core.Step}s; the whole chain is a {@link dev.rowan.core.Trajectory}. A
 * {@link dev.rowan.core.Verifier} answers whether it is right with a {@link dev.rowan.core.Verdict}; a
 * {@link dev.rowan.core.RewardModel} says how good it looks with a {@link dev.rowan.core.Score}. A
 * {@link dev.rowan.core.Strategy} spends a {@link dev.rowan.core.Budget} on all of these to find a
 * {@link dev.rowan.core.Solution}, and reports the tree it searched to a {@link dev.rowan.core.SearchListener}.
 *
 * <p>Every other module depends on this one; this one depends on nothing but the nullness annotations.
 */
@NullMarked
package dev.rowan.core;

import org.jspecify.annotations.NullMarked;
