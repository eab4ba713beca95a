package dev.rowan.cli;

import dev.rowan.core.Reference;
import dev.rowan.verify.ChoiceVerifier;
import dev.rowan.verify.ExactVerifier;
import dev.rowan.verify.FinalAnswers;
import dev.rowan.verify.MathVerifier;
import dev.rowan.verify.NumericVerifier;
import dev.rowan.verify.SchemaVerifier;
import dev.rowan.verify.Tolerance;
import dev.rowan.verify.smt.SmtVerifier;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** The kinds that compare with a column {@code gold}. */
final class GoldKinds {

  private static final int MOST_DIGITS = 30;

  private GoldKinds() {}

  static List<GoldKind> all() {
    MathVerifier math = new MathVerifier();
    ExactVerifier exact = new ExactVerifier();
    ChoiceVerifier choice = new ChoiceVerifier();
    SchemaVerifier schema = new SchemaVerifier();
    SmtVerifier smt = new SmtVerifier();
    return List.of(
        new GoldKind("math", """
            gold, answer: the final answer, in LaTeX or plain, means the same as gold
            {"kind": "math", "gold": "\\\\frac12", "answer": "So the answer is 0.5."}""", _ -> math, Reference.FinalAnswer::new, FinalAnswers::extract),
        new GoldKind(
            "number",
            """
            gold, answer: a number near gold, by relative, absolute or digits
            {"kind": "number", "gold": "9.81", "answer": "g = 9.8 m/s^2", "digits": 2}""",
            line -> new NumericVerifier(tolerance(line)),
            Reference.FinalAnswer::new,
            FinalAnswers::extract),
        new GoldKind("exact", """
            gold, answer: the same words, in any case
            {"kind": "exact", "gold": "Paris", "answer": "The answer is: paris"}""", _ -> exact, Reference.FinalAnswer::new, ExactVerifier::extract),
        new GoldKind("choice", """
            gold, answer: the same letter
            {"kind": "choice", "gold": "C", "answer": "I think it is (C), because"}""", _ -> choice, Reference.Choice::new, ChoiceVerifier::extract),
        new GoldKind("schema", """
            gold, answer: JSON that the JSON Schema in gold allows
            {"kind": "schema", "gold": {"type": "array"}, "answer": "[1, 2]"}""", _ -> schema, Reference.Schema::new, SchemaVerifier::extract),
        new GoldKind("smt", """
            gold, answer: an SMT-LIB term that always equals the last of gold,
            which declares and assumes before it
            {"kind": "smt", "gold": "(declare-const n Int) n", "answer": "(+ n 0)"}""", _ -> smt, Reference.FinalAnswer::new, _ -> Optional.empty()));
  }

  private static Tolerance tolerance(VerifyLine line) {
    Optional<BigDecimal> absolute = number(line, "absolute");
    Optional<BigDecimal> relative = number(line, "relative");
    Optional<BigDecimal> digits = number(line, "digits");
    if (digits.isPresent()) {
      if (digits.get().compareTo(BigDecimal.ONE) < 0
          || digits.get().compareTo(BigDecimal.valueOf(MOST_DIGITS)) > 0) {
        throw new VerifyLine.BadColumnException(
            "has " + digits.get() + " \"digits\": write 1 to " + MOST_DIGITS);
      }
      return new Tolerance.SignificantDigits(digits.get().intValue());
    }
    return absolute
        .<Tolerance>map(Tolerance.Absolute::new)
        .orElseGet(() -> new Tolerance.Relative(relative.orElse(new BigDecimal("0.000001"))));
  }

  private static Optional<BigDecimal> number(VerifyLine line, String column) {
    try {
      Optional<BigDecimal> number = line.find(column).map(BigDecimal::new);
      if (number.isEmpty() || number.get().signum() >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as of one that is negative.
    }
    throw new VerifyLine.BadColumnException(
        "has the \"" + column + "\" " + line.text(column) + ": write a number of 0 or more");
  }
}
