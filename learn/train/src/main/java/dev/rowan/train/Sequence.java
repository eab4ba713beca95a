package dev.rowan.train;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A prompt with its completion.
 *
 * @param tokens ids of both, the completion with its end-of-sequence token
 * @param promptLength how many of them are the prompt, at least 1
 * @param weight how much the loss of this completion counts; 1 is usual
 */
public record Sequence(int[] tokens, int promptLength, double weight) {

  /**
   * Checks that there is a prompt and a completion.
   *
   * @throws IllegalArgumentException if one of them is empty or the weight is not above 0
   */
  public Sequence {
    if (promptLength < 1 || promptLength >= tokens.length) {
      throw new IllegalArgumentException(
          "a sequence of " + tokens.length + " tokens cannot have a prompt of " + promptLength
              + ": both prompt and completion need a token");
    }
    if (!(weight > 0)) {
      throw new IllegalArgumentException(
          "the weight " + weight + " of a sequence is not above 0: leave it out instead");
    }
  }

  /** A sequence of weight 1. */
  public Sequence(int[] tokens, int promptLength) {
    this(tokens, promptLength, 1);
  }

  /** Positions of the completion's tokens. */
  int[] completion() {
    return IntStream.range(promptLength, tokens.length).toArray();
  }

  /** Number of tokens in the completion. */
  public int completionLength() {
    return tokens.length - promptLength;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sequence that
        && Arrays.equals(tokens, that.tokens)
        && promptLength == that.promptLength
        && weight == that.weight;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(tokens);
  }
}
