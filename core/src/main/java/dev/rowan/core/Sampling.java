package dev.rowan.core;

import java.util.List;

/**
 * How tokens are drawn.
 *
 * @param temperature 0 takes the most likely token; 1 samples the policy as it is
 * @param topK only the {@code topK} most likely tokens; 0 for all
 * @param topP only the most likely tokens that together reach this probability; 1 for all
 * @param maxTokens at most this many new tokens, at least 1
 * @param stop strings that end the completion, kept in its text
 * @param seed the same seed, policy and settings give the same completion
 */
public record Sampling(
    double temperature, int topK, double topP, int maxTokens, List<String> stop, long seed) {

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException naming the value that is out of range
   */
  public Sampling {
    stop = List.copyOf(stop);
    require(temperature >= 0 && temperature <= 100, "temperature", temperature, "0 to 100");
    require(topK >= 0, "top-k", topK, "0 (all) or more");
    require(topP > 0 && topP <= 1, "top-p", topP, "above 0, up to 1");
    require(maxTokens >= 1, "max tokens", maxTokens, "1 or more");
  }

  private static void require(boolean holds, String name, Object value, String range) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + ": choose " + range);
    }
  }

  /** The policy as it is, at temperature 1. */
  public static Sampling of(int maxTokens, long seed) {
    return new Sampling(1, 0, 1, maxTokens, List.of(), seed);
  }

  /** Always the most likely token. */
  public static Sampling greedy(int maxTokens) {
    return new Sampling(0, 0, 1, maxTokens, List.of(), 0);
  }

  /** These settings with another seed. */
  public Sampling withSeed(long newSeed) {
    return new Sampling(temperature, topK, topP, maxTokens, stop, newSeed);
  }

  /** These settings with another limit of new tokens. */
  public Sampling withMaxTokens(int newMaxTokens) {
    return new Sampling(temperature, topK, topP, newMaxTokens, stop, seed);
  }

  /** These settings, stopping after each line. */
  public Sampling byLine() {
    return new Sampling(temperature, topK, topP, maxTokens, List.of("\n"), seed);
  }
}
