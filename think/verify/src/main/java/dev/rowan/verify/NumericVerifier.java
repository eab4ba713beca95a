package dev.rowan.verify;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import dev.rowan.verify.math.MathText;
import dev.rowan.verify.math.RealValue;
import dev.rowan.verify.math.Work;
import java.math.BigDecimal;
import java.util.Optional;

/** Compares the number that an answer gives, or computes, with the reference's, within a tolerance. Units are left out. */
public final class NumericVerifier implements Verifier {

  private final Tolerance tolerance;

  /** With this tolerance. */
  public NumericVerifier(Tolerance tolerance) {
    this.tolerance = tolerance;
  }

  /** With a tolerance of a millionth of the reference. */
  public NumericVerifier() {
    this(new Tolerance.Relative(new BigDecimal("0.000001")));
  }

  @Override
  public Verdict verify(Problem problem, Answer answer) {
    if (!(problem.reference() instanceof Reference.FinalAnswer(String value))) {
      return new Verdict.Unverifiable("the problem has no reference answer");
    }
    Optional<BigDecimal> gold =
        new FinalAnswers(new Readings()).reference(value).flatMap(NumericVerifier::number);
    if (gold.isEmpty()) {
      return new Verdict.Unverifiable("the reference is no number: " + value);
    }
    Optional<ExtractedAnswer> found = FinalAnswers.extract(answer.text());
    if (found.isEmpty()) {
      return new Verdict.Incorrect("no final answer");
    }
    return number(found.get())
        .map(number -> tolerance.allows(gold.get(), number)
            ? new Verdict.Correct()
            : (Verdict) new Verdict.Incorrect(found.get().text() + " is not " + value))
        .orElseGet(() ->
            new Verdict.Unverifiable("the answer is no number: " + found.get().text()));
  }

  private static Optional<BigDecimal> number(ExtractedAnswer answer) {
    Work work = new Work(Work.LIMIT);
    return RealValue.of(MathText.of(answer.text(), answer.reading(), work), work);
  }
}
