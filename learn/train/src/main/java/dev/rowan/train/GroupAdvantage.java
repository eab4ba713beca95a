package dev.rowan.train;

import java.util.Arrays;

/** How much better a roll-out is than the others of its group: the advantage of all its tokens. */
public enum GroupAdvantage {

  /** Reward less the group's mean, in units of its standard deviation, n - 1 in the divisor (Shao et al. 2024). */
  STANDARDISED {
    @Override
    public double[] of(double[] rewards) {
      double scale = standardDeviation(rewards) + EPSILON;
      return Arrays.stream(CENTRED.of(rewards)).map(value -> value / scale).toArray();
    }
  },

  /** Reward less the group's mean (Liu et al. 2025): problems of all difficulties weigh the same. */
  CENTRED {
    @Override
    public double[] of(double[] rewards) {
      double mean = Arrays.stream(rewards).average().orElse(0);
      return Arrays.stream(rewards).map(reward -> reward - mean).toArray();
    }
  },

  /** Reward less the mean of the other roll-outs (RLOO; Ahmadian et al. 2024). */
  LEAVE_ONE_OUT {
    @Override
    public double[] of(double[] rewards) {
      double factor = rewards.length / Math.max(1.0, rewards.length - 1.0);
      return Arrays.stream(CENTRED.of(rewards)).map(value -> value * factor).toArray();
    }
  };

  private static final double EPSILON = 1e-4;

  /** The advantages of a group with these rewards, in the same order. All are 0 if all rewards are equal. */
  public abstract double[] of(double[] rewards);

  /** Standard deviation of a sample, n - 1 in the divisor; 0 for a single value. */
  static double standardDeviation(double[] values) {
    double squares =
        Arrays.stream(CENTRED.of(values)).map(value -> value * value).sum();
    return Math.sqrt(squares / Math.max(1, values.length - 1));
  }
}
