package dev.rowan.verify;

import dev.rowan.core.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Cases in a text file beside the tests: a line each, parts between {@code ||}, {@code #} before remarks. */
final class VerdictCases {

  private VerdictCases() {}

  static List<Arguments> of(String file) throws IOException {
    try (InputStream in = Objects.requireNonNull(VerdictCases.class.getResourceAsStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> Arguments.of(Stream.of(line.split(" \\|\\| ", -1))
              .map(part -> part.replace("\\n", "\n"))
              .toArray()))
          .toList();
    }
  }

  /** {@code =} for correct, {@code x} for incorrect, {@code ?} for neither. */
  static String sign(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Correct _ -> "=";
      case Verdict.Incorrect _ -> "x";
      case Verdict.Unverifiable _ -> "?";
    };
  }
}
