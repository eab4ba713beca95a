/**
 * Runs programs that nobody trusts.
 *
 * <p>A {@link dev.rowan.verify.sandbox.Job} says what to run, what it may read and its
 * {@link dev.rowan.verify.sandbox.Limits}; a {@link dev.rowan.verify.sandbox.Sandbox} starts it.
 * {@link dev.rowan.verify.sandbox.Bubblewrap} is the real one: no network, no file of the host but the system's programs
 * and what the job names, an empty environment, a process table of its own that ends with it.
 * {@link dev.rowan.verify.sandbox.Bare} has none of that and stands behind a flag that says so.
 * {@link dev.rowan.verify.sandbox.Execution} runs a job to its end, with its output and its time bounded on this side.
 */
@NullMarked
package dev.rowan.verify.sandbox;

import org.jspecify.annotations.NullMarked;
