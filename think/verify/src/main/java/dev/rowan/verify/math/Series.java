package dev.rowan.verify.math;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Elementary functions of decimals, by power series on whole multiples of a power of two. Results are off by less than
 * {@link #error}: relatively for {@code exp}, absolutely for the others.
 */
final class Series {

  /** Bits beyond those asked for: roundings of a few hundred terms and doublings stay within them. */
  private static final int GUARD = 64;

  /** Arguments are halved until they are below two to the minus this. */
  private static final int HALVINGS = 10;

  private static final double BITS_PER_DIGIT = 3.33;

  private final Work work;
  private final int bits;
  private final MathContext context;
  private final BigDecimal error;
  private final BigInteger one;
  private final BigInteger pi;
  private final BigInteger ln2;

  Series(int digits, Work work) {
    this.work = work;
    this.bits = (int) (digits * BITS_PER_DIGIT) + GUARD;
    this.context = new MathContext(digits + GUARD / 4, RoundingMode.HALF_EVEN);
    this.error = BigDecimal.ONE.scaleByPowerOfTen(-digits);
    this.one = BigInteger.ONE.shiftLeft(bits);
    // Machin 1706.
    this.pi = atanInverse(5).shiftLeft(4).subtract(atanInverse(239).shiftLeft(2));
    // 2 artanh(1/3).
    this.ln2 = artanhInverse(3).shiftLeft(1);
  }

  /** How far off a result may be. */
  BigDecimal error() {
    return error;
  }

  BigDecimal pi() {
    return decimal(pi);
  }

  private BigInteger atanInverse(int n) {
    return inverse(n, -1);
  }

  private BigInteger artanhInverse(int n) {
    return inverse(n, 1);
  }

  /** The sum of {@code sign^k / ((2k + 1) n^(2k + 1))}. */
  private BigInteger inverse(int n, int sign) {
    BigInteger square = BigInteger.valueOf((long) n * n);
    BigInteger term = one.divide(BigInteger.valueOf(n));
    BigInteger sum = term;
    for (int k = 1; term.signum() != 0; k++) {
      work.charge(1 + bits / 64);
      term = term.divide(square);
      BigInteger part = term.divide(BigInteger.valueOf(2L * k + 1));
      sum = sign < 0 && k % 2 == 1 ? sum.subtract(part) : sum.add(part);
    }
    return sum;
  }

  private BigInteger fixed(BigDecimal value) {
    long exponent = value.precision() - (long) value.scale();
    if (exponent > bits) {
      throw new Work.TooMuchException("an argument of no sensible size");
    }
    if (exponent < -bits) {
      return BigInteger.ZERO; // To write it out would cost as many digits as its exponent says.
    }
    return value.multiply(new BigDecimal(one)).toBigInteger();
  }

  private BigDecimal decimal(BigInteger value) {
    return new BigDecimal(value).divide(new BigDecimal(one), context);
  }

  private BigInteger times(BigInteger a, BigInteger b) {
    work.charge(2 + (long) bits * bits / 20_000);
    return a.multiply(b).shiftRight(bits);
  }

  /** To the power of {@code x}, which must not exceed a few million. */
  BigDecimal exp(BigDecimal x) {
    BigInteger value = fixed(x);
    BigInteger doublings = value.divide(ln2);
    if (doublings.bitLength() > 28) {
      throw new Work.TooMuchException("too high a power");
    }
    // What is left of x after whole multiples of ln 2 loses as many bits as there are in their
    // number.
    BigInteger rest = value.subtract(ln2.multiply(doublings)).shiftRight(HALVINGS);
    BigInteger term = one;
    BigInteger sum = one;
    for (int k = 1; term.signum() != 0; k++) {
      term = times(term, rest).divide(BigInteger.valueOf(k));
      sum = sum.add(term);
      if (term.equals(BigInteger.ONE.negate())) {
        break;
      }
    }
    for (int i = 0; i < HALVINGS; i++) {
      sum = times(sum, sum);
    }
    int shift = doublings.intValueExact();
    work.chargeBits(Math.abs(shift) / 64L);
    BigDecimal scale = new BigDecimal(BigInteger.TWO).pow(shift, context);
    return decimal(sum).multiply(scale, context);
  }

  /** The natural logarithm of a positive number. */
  BigDecimal ln(BigDecimal x) {
    // x = m * 10^e with 0.1 <= m < 1; then Newton's method would need exp: artanh of a root of m
    // does with one series.
    int exponent = x.precision() - x.scale();
    BigDecimal mantissa = x.scaleByPowerOfTen(-exponent);
    BigDecimal ln10 = decimal(artanh(rootOf(BigDecimal.TEN)));
    return decimal(artanh(rootOf(mantissa)))
        .add(ln10.multiply(BigDecimal.valueOf(exponent)), context);
  }

  /** The root of order two to the power of the halvings. */
  private BigInteger rootOf(BigDecimal value) {
    BigInteger root = fixed(value);
    for (int i = 0; i < HALVINGS; i++) {
      work.charge(10 + (long) bits * bits / 4_000);
      root = root.shiftLeft(bits).sqrt();
    }
    return root;
  }

  /** The logarithm of the number whose root this is. */
  private BigInteger artanh(BigInteger root) {
    BigInteger z = root.subtract(one).shiftLeft(bits).divide(root.add(one));
    BigInteger square = times(z, z);
    BigInteger term = z;
    BigInteger sum = z;
    for (int k = 3; term.signum() != 0 && !term.equals(BigInteger.ONE.negate()); k += 2) {
      term = times(term, square);
      sum = sum.add(term.divide(BigInteger.valueOf(k)));
    }
    return sum.shiftLeft(HALVINGS + 1);
  }

  /** Sine and cosine. */
  BigDecimal[] sinCos(BigDecimal x) {
    BigInteger turn = pi.shiftLeft(1);
    BigInteger value = fixed(x);
    BigInteger turns = value.divide(turn);
    if (turns.bitLength() > GUARD / 2) {
      throw new Work.TooMuchException("an angle of too many turns");
    }
    BigInteger angle = value.subtract(turn.multiply(turns)).shiftRight(HALVINGS);
    BigInteger square = times(angle, angle);
    BigInteger sin = alternating(angle, square, 2);
    BigInteger versine = one.subtract(alternating(one, square, 1));
    for (int i = 0; i < HALVINGS; i++) {
      // With 1 - cos instead of cos, small angles keep their digits.
      BigInteger cos = one.subtract(versine);
      versine = times(sin, sin).shiftLeft(1);
      sin = times(sin, cos).shiftLeft(1);
    }
    return new BigDecimal[] {decimal(sin), decimal(one.subtract(versine))};
  }

  /** {@code first (1 - square / (k (k + 1)) (1 - square / ((k + 2) (k + 3)) ...))}. */
  private BigInteger alternating(BigInteger first, BigInteger square, int start) {
    BigInteger term = first;
    BigInteger sum = first;
    for (long k = start; term.signum() != 0 && !term.equals(BigInteger.ONE.negate()); k += 2) {
      term = times(term, square).divide(BigInteger.valueOf(k * (k + 1))).negate();
      sum = sum.add(term);
    }
    return sum;
  }

  /** The angle whose tangent is {@code x}. */
  BigDecimal atan(BigDecimal x) {
    boolean inverted = x.abs().compareTo(BigDecimal.ONE) > 0;
    BigInteger value = fixed(inverted ? BigDecimal.ONE.divide(x, context) : x);
    for (int i = 0; i < HALVINGS; i++) {
      work.charge(10 + (long) bits * bits / 4_000);
      BigInteger hypotenuse = value.multiply(value).add(one.shiftLeft(bits)).sqrt();
      value = value.shiftLeft(bits).divide(hypotenuse.add(one));
    }
    BigInteger square = times(value, value);
    BigInteger term = value;
    BigInteger sum = value;
    for (int k = 3; term.signum() != 0 && !term.equals(BigInteger.ONE.negate()); k += 2) {
      term = times(term, square).negate();
      sum = sum.add(term.divide(BigInteger.valueOf(k)));
    }
    BigInteger angle = sum.shiftLeft(HALVINGS);
    if (inverted) {
      BigInteger right = pi.shiftRight(1);
      angle = (x.signum() < 0 ? right.negate() : right).subtract(angle);
    }
    return decimal(angle);
  }
}
