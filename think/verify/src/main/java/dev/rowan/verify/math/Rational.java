package dev.rowan.verify.math;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An exact fraction in lowest terms.
 *
 * @param above the numerator
 * @param below the denominator, positive
 */
record Rational(BigInteger above, BigInteger below) implements Comparable<Rational> {

  static final Rational ZERO = of(0);
  static final Rational ONE = of(1);

  static Rational of(long value) {
    return new Rational(BigInteger.valueOf(value), BigInteger.ONE);
  }

  static Rational of(long above, long below) {
    return of(BigInteger.valueOf(above), BigInteger.valueOf(below));
  }

  static Rational of(BigInteger value) {
    return new Rational(value, BigInteger.ONE);
  }

  /**
   * In lowest terms, with the sign above.
   *
   * @throws ArithmeticException if {@code below} is zero
   */
  static Rational of(BigInteger above, BigInteger below) {
    if (below.signum() == 0) {
      throw new ArithmeticException("division by zero");
    }
    BigInteger divisor = above.gcd(below);
    BigInteger unit = below.signum() < 0 ? divisor.negate() : divisor;
    return new Rational(above.divide(unit), below.divide(unit));
  }

  static Rational of(BigDecimal value) {
    return value.scale() <= 0
        ? of(value.toBigIntegerExact())
        : of(value.unscaledValue(), BigInteger.TEN.pow(value.scale()));
  }

  Rational plus(Rational other, Work work) {
    work.chargeProduct(above, other.below);
    work.chargeProduct(other.above, below);
    return of(
        above.multiply(other.below).add(other.above.multiply(below)), below.multiply(other.below));
  }

  Rational times(Rational other, Work work) {
    work.chargeProduct(above, other.above);
    work.chargeProduct(below, other.below);
    return of(above.multiply(other.above), below.multiply(other.below));
  }

  /** To a whole power, which may be negative. */
  Rational power(int exponent, Work work) {
    int size = Math.abs(exponent);
    work.chargeBits(2L * size * Math.max(above.bitLength(), below.bitLength()));
    Rational result = new Rational(above.pow(size), below.pow(size));
    return exponent < 0 ? result.inverse() : result;
  }

  /** One divided by it. */
  Rational inverse() {
    return of(/* above= */ below, /* below= */ above);
  }

  Rational negate() {
    return new Rational(above.negate(), below);
  }

  int signum() {
    return above.signum();
  }

  boolean isWhole() {
    return below.equals(BigInteger.ONE);
  }

  /** Whether it is a whole number that fits an {@code int}. */
  boolean isInt() {
    return isWhole() && above.bitLength() < 32;
  }

  int intValue() {
    return above.intValueExact();
  }

  @Override
  public int compareTo(Rational other) {
    return above.multiply(other.below).compareTo(other.above.multiply(below));
  }

  /** As decimal if that ends, else as fraction. */
  @Override
  public String toString() {
    BigInteger rest = without(without(below, BigInteger.TWO), BigInteger.valueOf(5));
    if (!rest.equals(BigInteger.ONE)) {
      return above + "/" + below;
    }
    BigDecimal decimal = new BigDecimal(above).divide(new BigDecimal(below));
    return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
  }

  private static BigInteger without(BigInteger number, BigInteger factor) {
    BigInteger rest = number;
    for (BigInteger[] parts = rest.divideAndRemainder(factor);
        parts[1].signum() == 0;
        parts = rest.divideAndRemainder(factor)) {
      rest = parts[0];
    }
    return rest;
  }
}
