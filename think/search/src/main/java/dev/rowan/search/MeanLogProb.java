package dev.rowan.search;

import dev.rowan.core.Finish;
import dev.rowan.core.PolicyException;
import dev.rowan.core.Problem;
import dev.rowan.core.RewardModel;
import dev.rowan.core.Score;
import dev.rowan.core.Trajectory;

/**
 * The policy's own confidence as a reward: the mean log-probability of a chain's tokens, or its exponential, which lies in
 * [0, 1] and can weigh votes. A chain that did not come to its end gets the lowest score. No training and no model call:
 * whatever else ranks chains has to beat this.
 */
public enum MeanLogProb implements RewardModel {
  /** The mean log-probability of a token, at most 0. */
  LOG,
  /** The geometric mean of the tokens' probabilities, in [0, 1]. */
  PROBABILITY;

  /**
   * The score of a chain.
   *
   * @throws PolicyException if the policy did not tell its log-probabilities
   */
  @Override
  public Score score(Problem problem, Trajectory trajectory) {
    double mean = trajectory.finish() == Finish.END || trajectory.finish() == Finish.STOP
        ? trajectory.tokens().stream()
            .mapToDouble(token -> token.logProb())
            .average()
            .orElse(Double.NEGATIVE_INFINITY)
        : Double.NEGATIVE_INFINITY;
    if (Double.isNaN(mean)) {
      throw new PolicyException(
          "the policy does not tell log-probabilities, which rank its chains here: use a plain vote instead");
    }
    return Score.of(this == LOG ? mean : Math.exp(mean));
  }
}
