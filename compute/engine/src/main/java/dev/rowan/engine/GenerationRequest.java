package dev.rowan.engine;

/**
 * A sequence to continue.
 *
 * @param prompt token ids, at least one
 * @param maxTokens at most this many new tokens, at least 1
 * @param stop when the sequence ends; the token that ended it is part of the result
 * @param choice how tokens are drawn
 * @param alternatives how many of the most likely tokens to report at each position
 * @param seed the same seed and prompt give the same tokens
 */
public record GenerationRequest(
    int[] prompt, int maxTokens, StopRule stop, TokenChoice choice, int alternatives, long seed) {

  /** A request that stops at any of {@code stopTokens} and draws by temperature, top-k and top-p. */
  public GenerationRequest(
      int[] prompt,
      int maxTokens,
      int[] stopTokens,
      double temperature,
      int topK,
      double topP,
      long seed) {
    this(
        prompt,
        maxTokens,
        StopRule.at(stopTokens),
        TokenChoice.of(temperature, topK, topP),
        0,
        seed);
  }
}
