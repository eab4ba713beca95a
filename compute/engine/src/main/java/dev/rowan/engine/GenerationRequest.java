package dev.rowan.engine;

/**
 * A sequence to continue.
 *
 * @param prompt token ids, at least one
 * @param maxTokens at most this many new tokens, at least 1
 * @param stopTokens ids that end the sequence; the one that did is part of the result
 * @param temperature 0 takes the most likely token
 * @param topK only the most likely tokens; 0 for all
 * @param topP only the most likely tokens that together reach this probability; 1 for all
 * @param seed the same seed and prompt give the same tokens
 */
public record GenerationRequest(
    int[] prompt,
    int maxTokens,
    int[] stopTokens,
    double temperature,
    int topK,
    double topP,
    long seed) {}
