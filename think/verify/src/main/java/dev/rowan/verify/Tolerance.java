package dev.rowan.verify;

import java.math.BigDecimal;
import java.math.MathContext;

/** How far a number may be from the reference and still be right. */
public sealed interface Tolerance {

  /** Whether {@code answer} is near enough to {@code gold}. */
  boolean allows(BigDecimal gold, BigDecimal answer);

  /**
   * The distance is at most this.
   *
   * @param distance not negative
   */
  record Absolute(BigDecimal distance) implements Tolerance {
    @Override
    public boolean allows(BigDecimal gold, BigDecimal answer) {
      return gold.subtract(answer).abs().compareTo(distance) <= 0;
    }
  }

  /**
   * The distance is at most this part of the reference.
   *
   * @param part not negative; 0.01 is one per cent
   */
  record Relative(BigDecimal part) implements Tolerance {
    @Override
    public boolean allows(BigDecimal gold, BigDecimal answer) {
      return gold.subtract(answer).abs().compareTo(gold.abs().multiply(part)) <= 0;
    }
  }

  /**
   * Both are the same when rounded.
   *
   * @param digits significant digits, at least 1
   */
  record SignificantDigits(int digits) implements Tolerance {

    /** Refuses what rounds to nothing. */
    public SignificantDigits {
      if (digits < 1) {
        throw new IllegalArgumentException("digits is " + digits + ": choose 1 or more");
      }
    }

    @Override
    public boolean allows(BigDecimal gold, BigDecimal answer) {
      MathContext rounding = new MathContext(digits);
      return gold.round(rounding).compareTo(answer.round(rounding)) == 0;
    }
  }
}
