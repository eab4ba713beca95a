package dev.rowan.train;

import java.util.Arrays;
import java.util.List;

/**
 * Process supervision for GRPO (Shao et al. 2024, section 4.1.3): rewards of single steps, standardised over all steps of a
 * group. A step's tokens get its own advantage, so that a false step is blamed and the true ones before it are not.
 */
public final class StepAdvantage {

  private static final double EPSILON = 1e-4;

  private StepAdvantage() {}

  /**
   * Advantages of steps: reward less the mean, in units of the standard deviation, n - 1 in its divisor, both over all steps
   * of the group.
   *
   * @param rewards for each roll-out the rewards of its steps
   */
  public static List<double[]> of(List<double[]> rewards) {
    double[] all = rewards.stream().flatMapToDouble(Arrays::stream).toArray();
    double mean = Arrays.stream(all).average().orElse(0);
    double scale = GroupAdvantage.standardDeviation(all) + EPSILON;
    return rewards.stream()
        .map(
            steps -> Arrays.stream(steps).map(reward -> (reward - mean) / scale).toArray())
        .toList();
  }
}
