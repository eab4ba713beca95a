package dev.rowan.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pairs of answers that mean the same, and pairs that must be told apart, from {@code pairs.txt}. */
final class PairsTest {

  private final MathVerifier verifier = new MathVerifier();

  static List<Arguments> pairs() throws IOException {
    return VerdictCases.of("pairs.txt");
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void pairsAreWhatTheyMean(String expected, String gold, String answer) {
    Verdict verdict =
        verifier.verify(Problem.of("p", "?", new Reference.FinalAnswer(gold)), new Answer(answer));
    assertThat(expected).as(verdict.toString()).contains(VerdictCases.sign(verdict));
  }
}
