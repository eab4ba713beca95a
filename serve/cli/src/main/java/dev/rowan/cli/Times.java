package dev.rowan.cli;

/** Quantiles of times to 2 %, in the same memory for any number of them. */
final class Times {

  private static final double LEAST_MILLIS = 1e-4;
  private static final double STEP = 1.02;

  /** Times up to three weeks. */
  private final long[] buckets = new long[1_500];

  private long count;

  void add(double millis) {
    double steps = Math.log(Math.max(millis, LEAST_MILLIS) / LEAST_MILLIS) / Math.log(STEP);
    buckets[(int) Math.min(steps, buckets.length - 1)]++;
    count++;
  }

  long count() {
    return count;
  }

  /** Milliseconds that this share of all times does not exceed. */
  double quantile(double share) {
    long below = 0;
    int i = -1;
    while (below <= share * (count - 1)) {
      below += buckets[++i];
    }
    return LEAST_MILLIS * Math.pow(STEP, i + 0.5);
  }
}
