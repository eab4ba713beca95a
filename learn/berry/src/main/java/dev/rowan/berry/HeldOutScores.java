package dev.rowan.berry;

import dev.rowan.berry.report.Interval;
import dev.rowan.eval.Bootstrap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/**
 * How a policy does on the held-out problems, by problem, so that a later policy can be compared with it pairwise.
 *
 * @param passAt1 share of each problem's samples that are right, at temperature 1
 * @param greedy 1 for each problem whose most likely chain is right, else 0
 * @param levels pass@1 by family and level, such as {@code grove 6}
 * @param seconds what measuring took
 * @param tokens tokens that it generated
 */
record HeldOutScores(
    SortedMap<String, Double> passAt1,
    SortedMap<String, Double> greedy,
    Map<String, Double> levels,
    double seconds,
    long tokens) {

  /** The two rates for a person who waits. */
  String figures() {
    return String.format(Locale.ROOT, "pass@1 %.3f, greedy %.3f", mean(passAt1), mean(greedy));
  }

  static double mean(SortedMap<String, Double> byProblem) {
    return byProblem.values().stream().mapToDouble(value -> value).average().orElse(0);
  }

  static double[] values(SortedMap<String, Double> byProblem) {
    return byProblem.values().stream().mapToDouble(value -> value).toArray();
  }

  /** The interval of {@link #mean}. */
  static Interval interval(SortedMap<String, Double> byProblem, Bootstrap bootstrap) {
    return around(bootstrap.rate(values(byProblem)), mean(byProblem));
  }

  /** An interval for the report, which refuses one that misses its value by a rounding. */
  static Interval around(dev.rowan.eval.Interval interval, double value) {
    return new Interval(Math.min(interval.low(), value), Math.max(interval.high(), value));
  }
}
