package dev.rowan.verify.math;

/**
 * Where a complex number lies.
 *
 * @param real its real part
 * @param imaginary its imaginary part
 */
record Complex(Interval real, Interval imaginary) {

  static final Complex I = new Complex(Interval.ZERO, Interval.ONE);

  static Complex real(Interval value) {
    return new Complex(value, Interval.ZERO);
  }

  boolean isReal() {
    return imaginary.isZero();
  }

  Complex negate() {
    return new Complex(real.negate(), imaginary.negate());
  }

  boolean isApartFrom(Complex other) {
    return real.isApartFrom(other.real) || imaginary.isApartFrom(other.imaginary);
  }
}
