package dev.rowan.examples;

import static dev.rowan.testkit.Behaviours.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.testkit.FakeEndpoint;
import dev.rowan.verify.sandbox.SandboxMissingException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExamplesTest {

  @Test
  void aVoteStopsOnceItIsDecided() throws InterruptedException {
    try (FakeEndpoint server = FakeEndpoint.start(says("2, 3, 5, ...\n", "#### 15"))) {
      AskManyTimes.main(new String[] {server.url(), "tiny"});
      assertThat(server.bodies()).hasSizeLessThan(16);
    }
  }

  /** A program's main method. */
  @FunctionalInterface
  private interface Program {
    void main(String[] args) throws SandboxMissingException;
  }

  private static List<String> printed(Program program, String... args)
      throws SandboxMissingException {
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      program.main(args);
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void answersAreCheckedWithoutAModel() throws SandboxMissingException {
    List<String> lines = printed(CheckAnswers::main, "\\frac12", "It is 0.5.", "\\boxed{2}");
    assertThat(lines.get(0)).contains("Correct[]");
    assertThat(lines.get(1)).contains("Incorrect");
  }

  @Test
  void programsAreCheckedInASandbox() throws SandboxMissingException {
    List<String> lines = printed(
        CheckCode::main,
        "python",
        "assert add(1, 2) == 3",
        "def add(a, b): return a + b",
        "def add(a, b): return a - b");
    assertThat(lines.get(0)).contains("Correct[]");
    assertThat(lines.get(1)).contains("Incorrect");
  }

  @Test
  void verifiersAreAskedUntilOneDecides() throws SandboxMissingException {
    List<String> lines = printed(CheckInTurn::main, "x^2-1", "(x-1)(x+1)", "x^2+1");
    assertThat(lines.get(0)).contains("number", "Unverifiable", "mathematics", "Correct[]");
    assertThat(lines.get(1)).contains("Incorrect");
  }

  @Test
  void aSearchStopsOnceTheVerifierIsContent() throws InterruptedException {
    try (FakeEndpoint server = FakeEndpoint.start(says("No lemon, no melon"))) {
      StopWhenRight.main(new String[] {server.url(), "tiny"});
      assertThat(server.bodies()).hasSize(4);
    }
  }
}
