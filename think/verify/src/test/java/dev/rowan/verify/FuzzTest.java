package dev.rowan.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
import dev.rowan.testkit.AnswerFuzz;
import org.junit.jupiter.api.Test;

/** Texts that nobody would call answers get a verdict like any other. A million of them, timed, are in {@code bench}. */
final class FuzzTest {

  private static final int TEXTS = 20_000;

  @Test
  void everyTextGetsAVerdict() {
    AnswerFuzz texts = new AnswerFuzz(7);
    MathVerifier verifier = new MathVerifier();
    int correct = 0;
    for (int i = 0; i < TEXTS; i++) {
      String gold = texts.next();
      String answer = i % 2 == 0 ? gold : texts.next();
      Problem problem = Problem.of("p", "?", new Reference.FinalAnswer(gold));
      Verdict verdict = verifier.verify(problem, new Answer(answer));
      correct += verdict.isCorrect() ? 1 : 0;
      FinalAnswers.extract(answer)
          .ifPresent(found ->
              assertThat(answer.substring(found.start(), found.end())).isEqualTo(found.text()));
    }
    assertThat(correct).isPositive();
  }
}
