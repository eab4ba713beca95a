package dev.rowan.engine;

/**
 * What the model computed about the positions {@code from}, {@code from} + 1, ... of a sequence.
 *
 * @param hidden hidden states after the last norm, [positions · width]; the first row belongs to {@code from}
 * @param logProbs [positions - 1]: entry i is the log-probability of the token at {@code from} + 1 + i given all before it
 */
public record HiddenStates(float[] hidden, float[] logProbs) {}
