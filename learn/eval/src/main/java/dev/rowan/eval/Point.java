package dev.rowan.eval;

import java.util.Arrays;

/**
 * A point of a curve.
 *
 * @param samples samples a problem
 * @param tokens tokens generated a problem, on average
 * @param value share of the problems solved, in [0, 1]
 * @param low lower end of the value's 95 % interval
 * @param high upper end of the value's 95 % interval
 */
public record Point(int samples, double tokens, double value, double low, double high) {

  /** The mean of rates in [0, 1], one for each problem and at least one, with its interval. */
  public static Point of(int samples, double tokens, double[] rates, Bootstrap bootstrap) {
    // A mean of ones can come out above 1.
    double value = Math.clamp(Arrays.stream(rates).average().orElseThrow(), 0, 1);
    Interval interval = bootstrap.rate(rates);
    return new Point(
        samples,
        tokens,
        value,
        Math.clamp(interval.low(), 0, value),
        Math.clamp(interval.high(), value, 1));
  }
}
