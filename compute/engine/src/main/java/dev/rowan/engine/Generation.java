package dev.rowan.engine;

/**
 * The continuation of a sequence.
 *
 * @param tokens new token ids, the stop token included
 * @param logProbs natural log-probability of each under the untempered model
 * @param stopped whether a stop token ended it, rather than a limit
 */
public record Generation(int[] tokens, float[] logProbs, boolean stopped) {}
