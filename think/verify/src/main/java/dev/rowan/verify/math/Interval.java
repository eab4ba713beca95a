package dev.rowan.verify.math;

import java.math.BigDecimal;

/**
 * Where a real number lies: between two decimals, both included.
 *
 * @param low no greater than the number
 * @param high no less
 */
record Interval(BigDecimal low, BigDecimal high) {

  static final Interval ZERO = exactly(BigDecimal.ZERO);
  static final Interval ONE = exactly(BigDecimal.ONE);

  static Interval exactly(BigDecimal value) {
    return new Interval(value, value);
  }

  Interval negate() {
    return new Interval(high.negate(), low.negate());
  }

  /** -1 or 1 if the sign is sure, 0 if the number is exactly zero or may have either sign. */
  int sign() {
    return low.signum() > 0 ? 1 : high.signum() < 0 ? -1 : 0;
  }

  boolean isZero() {
    return low.signum() == 0 && high.signum() == 0;
  }

  /** Whether no number lies in both. */
  boolean isApartFrom(Interval other) {
    return high.compareTo(other.low) < 0 || other.high.compareTo(low) < 0;
  }

  BigDecimal width() {
    return high.subtract(low);
  }
}
