package dev.rowan.verify.smt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SmtVerifierTest {

  private static final String NUMBERS =
      "(declare-const n Int)(declare-const m Int)(assert (> n 0))";

  private static Verdict verify(String declarations, String value, String answer) {
    return new SmtVerifier(Duration.ofSeconds(2))
        .verify(
            Problem.of(
                "p", "Say it in SMT-LIB.", new Reference.FinalAnswer(declarations + " " + value)),
            new Answer(answer));
  }

  @ParameterizedTest
  @CsvSource({
    "(* 2 n), (+ n n)",
    "(* 2 n), (+ n n 0)",
    "(> n 0), true",
    "(abs n), n",
    "(=> (> n m) (> n (- m 1))), true",
    "(and (> n 1) (> m 1)), (not (or (<= n 1) (<= m 1)))",
    "7, (+ 3 4)"
  })
  void equalTermsAreCorrect(String value, String answer) {
    assertThat(verify(NUMBERS, value, answer)).isEqualTo(new Verdict.Correct());
  }

  @ParameterizedTest
  @CsvSource({"(* 2 n), (* 3 n)", "(> n m), (>= n m)", "(abs m), m", "7, 8"})
  void termsThatCanDifferAreIncorrectWithAnExample(String value, String answer) {
    assertThat(verify(NUMBERS, value, answer))
        .isInstanceOfSatisfying(
            Verdict.Incorrect.class, found -> assertThat(found.reason()).startsWith("it differs"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1 2",
        "1)) (assert false) (assert (= 1 1",
        "1))(assert false)(assert (not (= 1 1",
        "(+ 1 1",
        "1 ; comment",
        "(+ 1 1) 2",
        "n))",
        "|n",
        "unknown",
        "(+ n true)"
      })
  void whatIsNotOneTermIsIncorrect(String answer) {
    assertThat(verify(NUMBERS, "n", answer)).isInstanceOf(Verdict.Incorrect.class);
  }

  @Test
  void aReferenceThatCannotBeReadIsUnverifiable() {
    assertThat(verify(NUMBERS, "(foo n)", "n")).isInstanceOf(Verdict.Unverifiable.class);
    assertThat(verify("(declare-const", "n", "n")).isInstanceOf(Verdict.Unverifiable.class);
    assertThat(
            new SmtVerifier().verify(Problem.of("p", "q", new Reference.None()), new Answer("n")))
        .isInstanceOf(Verdict.Unverifiable.class);
  }

  @Test
  void whatIsNotDecidedInTimeIsUnverifiable() {
    // Whether n is a sum of three cubes: nobody knows how to decide this.
    String cubes = "(exists ((a Int)(b Int)(c Int)) (= n (+ (* a a a) (* b b b) (* c c c))))";
    assertThat(verify("(declare-const n Int)(assert (= n 114))", cubes, "true"))
        .isInstanceOf(Verdict.Unverifiable.class);
  }
}
