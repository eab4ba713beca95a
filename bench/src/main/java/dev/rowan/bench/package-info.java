/**
 * Speed, measured against peers that run on the same machine in the same minute.
 *
 * <p>{@link dev.rowan.bench.Workload} writes down what there is to do, so that both sides do exactly the same.
 * {@link dev.rowan.bench.Sampling} and {@link dev.rowan.bench.Training} do it on this side: each warms up, says that it
 * is ready, and then does one round for every line on its standard input ({@link dev.rowan.bench.Rounds}). The peers in
 * {@code bench/peers} speak the same protocol, and {@code bench/run.sh} lets the sides take turns.
 * {@link dev.rowan.bench.SandboxRuns} counts isolated runs of Python a second.
 */
@NullMarked
package dev.rowan.bench;

import org.jspecify.annotations.NullMarked;
