package dev.rowan.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Choices, words and numbers as models give them, from {@code kinds.txt}. */
final class KindsTest {

  static List<Arguments> cases() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(KindsTest.class.getResourceAsStream("kinds.txt"))) {
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
    String sign =
        switch (verdict) {
          case Verdict.Correct _ -> "=";
          case Verdict.Incorrect _ -> "x";
          case Verdict.Unverifiable _ -> "?";
        };
    assertThat(sign).as(verdict.toString()).isEqualTo(expected);
  }
}
