package dev.rowan.eval;

import dev.rowan.core.Seeds;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Percentile intervals from resampled problems (Efron 1979). A problem is the unit, however many samples it has: samples
 * of one problem are no independent evidence. The same seed gives the same interval.
 *
 * @param seed of the resamples
 * @param resamples how many; 2000 is enough for 95 %
 */
public record Bootstrap(long seed, int resamples) {

  /** With 2000 resamples. */
  public static Bootstrap of(long seed) {
    return new Bootstrap(seed, 2000);
  }

  /**
   * The interval of the mean; the mean lies in it.
   *
   * @param perProblem a value for each problem, at least one
   */
  public Interval mean(double[] perProblem) {
    if (perProblem.length == 0) {
      throw new IllegalArgumentException("no problems: an interval needs at least one");
    }
    SplittableRandom random = new SplittableRandom(Seeds.derive(seed, "bootstrap"));
    double[] means = new double[resamples];
    for (int i = 0; i < resamples; i++) {
      double sum = 0;
      for (int j = 0; j < perProblem.length; j++) {
        sum += perProblem[random.nextInt(perProblem.length)];
      }
      means[i] = sum / perProblem.length;
    }
    Arrays.sort(means);
    double mean = Arrays.stream(perProblem).average().orElseThrow();
    int tail = (int) (resamples * 0.025);
    return new Interval(Math.min(mean, means[tail]), Math.max(mean, means[resamples - 1 - tail]));
  }

  /**
   * The interval of a mean of rates in [0, 1]. Where all problems agree on 0 or on 1, resampling would claim certainty:
   * there it is {@link Wilson}'s.
   */
  public Interval rate(double[] perProblem) {
    double sum = Arrays.stream(perProblem).sum();
    return perProblem.length > 0 && (sum == 0 || sum == perProblem.length)
        ? Wilson.interval((long) sum, perProblem.length)
        : mean(perProblem);
  }

  /**
   * The interval of the mean difference {@code after - before}, paired by problem.
   *
   * @param before a value for each problem
   * @param after a value for each problem, in the same order
   */
  public Interval difference(double[] before, double[] after) {
    if (before.length != after.length) {
      throw new IllegalArgumentException(
          before.length + " problems before and " + after.length + " after cannot be paired");
    }
    double[] differences = new double[before.length];
    Arrays.setAll(differences, i -> after[i] - before[i]);
    return mean(differences);
  }
}
