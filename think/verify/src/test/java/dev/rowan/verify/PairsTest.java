package dev.rowan.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pairs of answers that mean the same, and pairs that must be told apart, from {@code pairs.txt}. */
final class PairsTest {

  private final MathVerifier verifier = new MathVerifier();

  static List<Arguments> pairs() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(PairsTest.class.getResourceAsStream("pairs.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> Arguments.of(Stream.of(line.split(" \\|\\| ", -1))
              .map(part -> part.replace("\\n", "\n"))
              .toArray()))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void pairsAreWhatTheyMean(String expected, String gold, String answer) {
    Verdict verdict =
        verifier.verify(Problem.of("p", "?", new Reference.FinalAnswer(gold)), new Answer(answer));
    String sign =
        switch (verdict) {
          case Verdict.Correct _ -> "=";
          case Verdict.Incorrect _ -> "x";
          case Verdict.Unverifiable _ -> "?";
        };
    assertThat(expected).as(verdict.toString()).contains(sign);
  }
}
