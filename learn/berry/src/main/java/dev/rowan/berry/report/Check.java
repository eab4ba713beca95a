package dev.rowan.berry.report;

import java.util.Locale;

/** Refuses figures that cannot be. */
final class Check {

  private static final double ROUNDING = 1e-9;

  private Check() {}

  /** {@code value} if it is a rate. */
  static double rate(String name, double value) {
    return within(name, value, 0, 1);
  }

  /** {@code value} if it is finite and not negative. */
  static double amount(String name, double value) {
    return within(name, value, 0, Double.MAX_VALUE);
  }

  /** {@code value} if it is not negative. */
  static long count(String name, long value) {
    return count(name, value, 0, Long.MAX_VALUE);
  }

  /** {@code value} if it lies between both ends. */
  static long count(String name, long value, long low, long high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(String.format(
          Locale.ROOT, "%s is %d, which is not between %d and %d", name, value, low, high));
    }
    return value;
  }

  /** {@code value} if it is finite. */
  static double finite(String name, double value) {
    return within(name, value, -Double.MAX_VALUE, Double.MAX_VALUE);
  }

  /** {@code value} if it lies between both ends, give or take rounding. NaN lies nowhere. */
  static double within(String name, double value, double low, double high) {
    if (!(value >= low - ROUNDING && value <= high + ROUNDING)) {
      throw new IllegalArgumentException(String.format(
          Locale.ROOT, "%s is %s, which is not between %s and %s", name, value, low, high));
    }
    return value;
  }
}
