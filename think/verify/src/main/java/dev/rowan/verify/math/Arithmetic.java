package dev.rowan.verify.math;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Arithmetic on intervals with so many significant digits: every result holds the true value. Remembers how far from 1 the
 * numbers were that it met, since a difference between two expressions can hide as deep as that.
 */
final class Arithmetic {

  /** Powers of ten beyond this are no sensible size. */
  private static final long MAX_EXPONENT = 50_000_000;

  private final Work work;
  private final int digits;
  private final MathContext down;
  private final MathContext up;
  private final Series series;
  private long farthest;

  /** The value does not exist, or cannot be told from one that does not with these digits. */
  static final class UndefinedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UndefinedException(String what) {
      super(what, null, false, false);
    }
  }

  Arithmetic(int digits, Work work) {
    this.work = work;
    this.digits = digits;
    this.down = new MathContext(digits, RoundingMode.FLOOR);
    this.up = new MathContext(digits, RoundingMode.CEILING);
    this.series = new Series(digits, work);
  }

  /** The greatest power of ten, up or down, of any number so far. */
  long farthest() {
    return farthest;
  }

  int digits() {
    return digits;
  }

  private Interval seen(BigDecimal low, BigDecimal high) {
    work.charge(20 + digits / 4);
    if (low.signum() * high.signum() > 0) {
      // Of what may be zero nobody knows how small it is.
      note(low);
      note(high);
    }
    return new Interval(low, high);
  }

  private void note(BigDecimal value) {
    if (value.signum() != 0) {
      long exponent = Math.abs((long) value.precision() - value.scale());
      if (exponent > MAX_EXPONENT) {
        throw new Work.TooMuchException("a number of too many digits");
      }
      farthest = Math.max(farthest, exponent);
    }
  }

  Interval of(Rational value) {
    work.chargeBits((long) value.above().bitLength() + value.below().bitLength());
    BigDecimal above = new BigDecimal(value.above());
    if (value.isWhole()) {
      return seen(above.round(down), above.round(up));
    }
    BigDecimal below = new BigDecimal(value.below());
    return seen(above.divide(below, down), above.divide(below, up));
  }

  Interval plus(Interval a, Interval b) {
    return seen(a.low().add(b.low(), down), a.high().add(b.high(), up));
  }

  Interval minus(Interval a, Interval b) {
    return plus(a, b.negate());
  }

  Interval times(Interval a, Interval b) {
    if (a.sign() >= 0 && a.low().signum() >= 0 && b.low().signum() >= 0) {
      return seen(a.low().multiply(b.low(), down), a.high().multiply(b.high(), up));
    }
    BigDecimal[] ends = {
      a.low().multiply(b.low()),
      a.low().multiply(b.high()),
      a.high().multiply(b.low()),
      a.high().multiply(b.high())
    };
    BigDecimal low = ends[0];
    BigDecimal high = ends[0];
    for (BigDecimal end : ends) {
      low = low.min(end);
      high = high.max(end);
    }
    return seen(low.round(down), high.round(up));
  }

  Interval reciprocal(Interval a) {
    if (a.sign() == 0) {
      throw new UndefinedException("division by zero");
    }
    return seen(BigDecimal.ONE.divide(a.high(), down), BigDecimal.ONE.divide(a.low(), up));
  }

  /** To a whole power of at least 0. */
  Interval power(Interval a, BigInteger exponent) {
    Interval result = Interval.ONE;
    Interval square = a;
    if (exponent.bitLength() > 40) {
      throw new Work.TooMuchException("too high a power");
    }
    for (long left = exponent.longValueExact(); left > 0; left >>= 1) {
      if ((left & 1) == 1) {
        result = times(result, square);
      }
      if (left > 1) {
        square = times(square, square);
      }
    }
    boolean even = !exponent.testBit(0) && exponent.signum() > 0;
    return even && result.low().signum() < 0
        ? new Interval(BigDecimal.ZERO, result.high())
        : result;
  }

  /** The whole part, if it is sure. */
  Interval floor(Interval a) {
    if (a.high().precision() - (long) a.high().scale() > digits) {
      throw new UndefinedException("a whole part that is not sure");
    }
    BigDecimal low = a.low().setScale(0, RoundingMode.FLOOR);
    BigDecimal high = a.high().setScale(0, RoundingMode.FLOOR);
    if (low.compareTo(high) != 0) {
      throw new UndefinedException("a whole part that is not sure");
    }
    return seen(low, high);
  }

  /** The root of a number that is not negative. */
  Interval root(Interval a, int degree) {
    if (a.high().signum() < 0) {
      throw new UndefinedException("root of a negative number");
    }
    BigDecimal low = a.low().max(BigDecimal.ZERO);
    if (degree == 2) {
      work.charge(60L + (long) digits * digits / 20);
      return seen(sqrt(low, down), sqrt(a.high(), up));
    }
    if (a.high().signum() == 0) {
      return Interval.ZERO;
    }
    Interval part = of(Rational.of(BigInteger.ONE, BigInteger.valueOf(degree)));
    BigDecimal high = exp(times(ln(Interval.exactly(a.high())), part)).high();
    return low.signum() == 0
        ? seen(BigDecimal.ZERO, high)
        : seen(exp(times(ln(Interval.exactly(low)), part)).low(), high);
  }

  private static BigDecimal sqrt(BigDecimal value, MathContext rounding) {
    return value.signum() == 0 ? value : value.sqrt(rounding);
  }

  Interval pi() {
    return widened(series.pi());
  }

  Interval exp(Interval a) {
    return seen(around(series.exp(a.low()), false), around(series.exp(a.high()), true));
  }

  Interval ln(Interval a) {
    if (a.low().signum() <= 0) {
      throw new UndefinedException("logarithm of a number that is not positive");
    }
    return seen(
        series.ln(a.low()).subtract(series.error()), series.ln(a.high()).add(series.error()));
  }

  /** The error of {@code exp} is relative. */
  private BigDecimal around(BigDecimal value, boolean above) {
    BigDecimal margin = value.multiply(series.error());
    return above ? value.add(margin, up) : value.subtract(margin, down);
  }

  Interval sin(Interval a) {
    return lipschitz(series.sinCos(middle(a))[0], a);
  }

  Interval cos(Interval a) {
    return lipschitz(series.sinCos(middle(a))[1], a);
  }

  Interval atan(Interval a) {
    return seen(
        series.atan(a.low()).subtract(series.error()), series.atan(a.high()).add(series.error()));
  }

  private BigDecimal middle(Interval a) {
    return a.low().add(a.high()).divide(BigDecimal.TWO, down);
  }

  /** The values of a function that changes no faster than its argument. */
  private Interval lipschitz(BigDecimal atMiddle, Interval argument) {
    BigDecimal margin = argument.width().add(series.error());
    BigDecimal low = atMiddle.subtract(margin).max(BigDecimal.ONE.negate());
    BigDecimal high = atMiddle.add(margin).min(BigDecimal.ONE);
    return seen(low.round(down), high.round(up));
  }

  private Interval widened(BigDecimal value) {
    return seen(
        value.subtract(series.error()).round(down), value.add(series.error()).round(up));
  }
}
