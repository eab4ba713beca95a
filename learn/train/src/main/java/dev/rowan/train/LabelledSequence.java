package dev.rowan.train;

import java.util.stream.IntStream;

/**
 * A roll-out with a judgement on each token.
 *
 * @param tokens ids of prompt and completion
 * @param promptLength how many of them are the prompt, at least 1
 * @param labels for each token 1 if a true line can still go on like this, 0 for the first token where none can, NaN where
 *     nothing is said: the prompt, and all after a 0
 */
public record LabelledSequence(int[] tokens, int promptLength, float[] labels) {

  /**
   * Checks that every token has a label.
   *
   * @throws IllegalArgumentException if the lengths differ, or a token of the prompt is judged
   */
  public LabelledSequence {
    if (labels.length != tokens.length) {
      throw new IllegalArgumentException(
          tokens.length + " tokens have " + labels.length + " labels");
    }
    if (promptLength < 1
        || IntStream.range(0, promptLength).anyMatch(i -> !Float.isNaN(labels[i]))) {
      throw new IllegalArgumentException(
          "labels must start behind a prompt of at least 1 token, this one has " + promptLength);
    }
  }

  /** Positions that have a label. */
  int[] judged() {
    return IntStream.range(promptLength, tokens.length)
        .filter(i -> !Float.isNaN(labels[i]))
        .toArray();
  }

  /** Number of tokens labelled as true. */
  long trueTokens() {
    return IntStream.of(judged()).filter(i -> labels[i] > 0.5f).count();
  }
}
