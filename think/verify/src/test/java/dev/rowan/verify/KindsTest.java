package dev.rowan.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Choices, words and numbers as models give them, from {@code kinds.txt}. */
final class KindsTest {

  static List<Arguments> cases() throws IOException {
    return VerdictCases.of("kinds.txt");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAreReadAsTheyAreMeant(String kind, String expected, String gold, String answer) {
    Verifier verifier =
        switch (kind) {
          case "choice" -> new ChoiceVerifier();
          case "exact" -> new ExactVerifier();
          default -> new NumericVerifier();
        };
    Reference reference =
        kind.equals("choice") ? new Reference.Choice(gold) : new Reference.FinalAnswer(gold);
    Verdict verdict = verifier.verify(Problem.of("p", "?", reference), new Answer(answer));
    assertThat(VerdictCases.sign(verdict)).as(verdict.toString()).isEqualTo(expected);
  }
}
