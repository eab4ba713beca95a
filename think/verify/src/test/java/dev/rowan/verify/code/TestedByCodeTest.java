package dev.rowan.verify.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference.Tests;
import dev.rowan.core.Reference.UnitTests;
import dev.rowan.core.Verdict;
import dev.rowan.verify.sandbox.Bubblewrap;
import dev.rowan.verify.sandbox.Limits;
import dev.rowan.verify.sandbox.SandboxMissingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that are code, as benchmarks write them, against right, wrong and cheating answers in every language. */
@Timeout(150)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TestedByCodeTest {

  private CodeVerifier verifier = new CodeVerifier(_ -> {
    throw new IOException("not open");
  });

  record Case(String verdict, String language, String entry, String name, String[] texts) {

    /** Prompt, tests and answer follow the head. */
    static Case of(String text) {
      String[] parts = text.split("(?m)^-----\n", -1);
      String[] head = parts[0].strip().split(" *\\| *", -1);
      return new Case(head[0], head[1], head[2], head[3], parts);
    }

    @Override
    public String toString() {
      return language + ": " + name;
    }
  }

  static Stream<Case> cases() throws IOException {
    try (InputStream stream = TestedByCodeTest.class.getResourceAsStream("tested.txt")) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return Stream.of(text.split("(?m)^=====\n")).map(Case::of);
    }
  }

  @BeforeAll
  void open() throws SandboxMissingException {
    verifier = new CodeVerifier(Bubblewrap.open(), Limits.DEFAULT, Duration.ofSeconds(60), 2);
  }

  @AfterAll
  void close() {
    verifier.close();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theVerdictIsThatOfTheTests(Case each) {
    UnitTests tests = new UnitTests(
        each.language(), each.texts()[1], each.entry(), new Tests.Assertions(each.texts()[2]));
    Verdict verdict =
        verifier.verify(Problem.of("p", "Write it.", tests), new Answer(each.texts()[3]));
    assertThat(verdict.getClass().getSimpleName())
        .as(verdict.toString())
        .isEqualToIgnoringCase(each.verdict());
  }
}
