package dev.rowan.train;

/**
 * A sampled completion with its reward.
 *
 * @param tokens the completion's ids
 * @param logProbs log-probability of each under the policy that sampled it, at temperature 1
 * @param reward what it earned
 */
public record Rollout(int[] tokens, float[] logProbs, double reward) {

  /**
   * Checks that every token has its log-probability.
   *
   * @throws IllegalArgumentException if there are more of one than of the other
   */
  public Rollout {
    if (tokens.length != logProbs.length) {
      throw new IllegalArgumentException("a roll-out of " + tokens.length + " tokens has "
          + logProbs.length + " log-probabilities");
    }
  }
}
