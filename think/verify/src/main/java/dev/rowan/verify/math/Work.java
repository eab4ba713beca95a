package dev.rowan.verify.math;

import java.math.BigInteger;

/**
 * How much a comparison may still cost, in elementary steps of about ten nanoseconds. Everything whose cost can grow is
 * charged before it is done, so no input takes long and no thread has to be stopped.
 */
public final class Work {

  /** What one comparison may cost. */
  public static final long LIMIT = 1_000_000;

  /** Numbers with more bits than this are not computed. */
  static final int MAX_BITS = 200_000;

  private long left;

  /** The comparison needs more than it may spend, or a number of no sensible size. */
  static final class TooMuchException extends RuntimeException {

    private static final long serialVersionUID = 1;

    TooMuchException(String what) {
      super(what, null, false, false);
    }
  }

  /** A count of so many steps. */
  public Work(long steps) {
    this.left = steps;
  }

  /** Takes so many steps off. */
  void charge(long steps) {
    left -= steps;
    if (left < 0) {
      throw new TooMuchException("too much to compute");
    }
  }

  /** Charges an operation on numbers of so many bits. */
  void chargeBits(long bits) {
    if (bits > MAX_BITS) {
      throw new TooMuchException("a number of too many digits");
    }
    long words = bits / 64 + 1;
    charge(2 + words * (long) Math.sqrt((double) words) / 8);
  }

  /** Charges a product of these. */
  void chargeProduct(BigInteger a, BigInteger b) {
    chargeBits((long) a.bitLength() + b.bitLength());
  }
}
