package dev.rowan.train;

import java.util.Optional;

/**
 * A sampled completion with its reward.
 *
 * @param tokens the completion's ids
 * @param logProbs log-probability of each under the policy that sampled it, at temperature 1
 * @param reward what it earned
 * @param advantages an advantage for each token, from rewards of single steps; empty if the group's advantage of the reward
 *     counts for all tokens
 */
public record Rollout(int[] tokens, float[] logProbs, double reward, Optional<float[]> advantages) {

  /**
   * Checks that every token has its log-probability, and its advantage if there are any.
   *
   * @throws IllegalArgumentException if there are more of one than of the other
   */
  public Rollout {
    if (tokens.length != logProbs.length) {
      throw new IllegalArgumentException("a roll-out of " + tokens.length + " tokens has "
          + logProbs.length + " log-probabilities");
    }
    if (advantages.isPresent() && advantages.get().length != tokens.length) {
      throw new IllegalArgumentException("a roll-out of " + tokens.length + " tokens has "
          + advantages.get().length + " advantages");
    }
  }

  /** A roll-out that is judged as a whole. */
  public Rollout(int[] tokens, float[] logProbs, double reward) {
    this(tokens, logProbs, reward, Optional.empty());
  }
}
