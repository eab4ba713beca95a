package dev.rowan.verify.math;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/** The value of an answer that is one real number. */
public final class RealValue {

  private static final int DIGITS = 40;

  /** Numbers beyond are of no sensible size. */
  private static final int MAX_SCALE = 10_000;

  private RealValue() {}

  /** The value to 30 digits at least, without its unit; empty if it is no number or costs too much. */
  public static Optional<BigDecimal> of(MathText answer, Work work) {
    try {
      return answer.node().flatMap(node -> of(node, work));
    } catch (Work.TooMuchException | ArithmeticException | Arithmetic.UndefinedException e) {
      return Optional.empty();
    }
  }

  private static Optional<BigDecimal> of(Node node, Work work) {
    if (node instanceof Node.Relation) {
      return Claims.of(node).value().flatMap(value -> of(value, work));
    }
    Complex value = new Numeric(DIGITS, work, _ -> {
          throw new Arithmetic.UndefinedException("a name");
        })
        .value(node);
    return Optional.of(value)
        .filter(Complex::isReal)
        .map(Complex::real)
        .filter(real -> Math.abs((long) real.high().scale()) <= MAX_SCALE)
        .map(real ->
            real.low().add(real.high()).divide(BigDecimal.TWO).round(new MathContext(DIGITS - 5)));
  }
}
