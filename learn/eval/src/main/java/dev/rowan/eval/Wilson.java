package dev.rowan.eval;

/** The score interval of a proportion (Wilson 1927): honest for few trials and near 0 and 1. */
public final class Wilson {

  /** The normal distribution's 97.5 % quantile. */
  private static final double Z = 1.959963984540054;

  private Wilson() {}

  /**
   * The interval of a proportion.
   *
   * @throws IllegalArgumentException if there are no trials, or more successes than trials
   */
  public static Interval interval(long successes, long trials) {
    if (trials < 1 || successes < 0 || successes > trials) {
      throw new IllegalArgumentException(
          successes + " successes in " + trials + " trials cannot be");
    }
    double rate = (double) successes / trials;
    double z2 = Z * Z / trials;
    double centre = (rate + z2 / 2) / (1 + z2);
    double half = Z / (1 + z2) * Math.sqrt(rate * (1 - rate) / trials + z2 / (4 * trials));
    return new Interval(Math.clamp(centre - half, 0, rate), Math.clamp(centre + half, rate, 1));
  }
}
