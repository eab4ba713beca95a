package dev.rowan.examples;

import static dev.rowan.testkit.Behaviours.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.testkit.FakeEndpoint;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ExamplesTest {

  @Test
  void aVoteStopsOnceItIsDecided() throws InterruptedException {
    try (FakeEndpoint server = FakeEndpoint.start(says("2, 3, 5, ...\n", "#### 15"))) {
      AskManyTimes.main(new String[] {server.url(), "tiny"});
      assertThat(server.bodies()).hasSizeLessThan(16);
    }
  }

  @Test
  void answersAreCheckedWithoutAModel() {
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      CheckAnswers.main(new String[] {"\\frac12", "It is 0.5.", "\\boxed{2}"});
    } finally {
      System.setOut(before);
    }
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("Correct[]").contains("Incorrect");
  }

  @Test
  void aSearchStopsOnceTheVerifierIsContent() throws InterruptedException {
    try (FakeEndpoint server = FakeEndpoint.start(says("No lemon, no melon"))) {
      StopWhenRight.main(new String[] {server.url(), "tiny"});
      assertThat(server.bodies()).hasSize(4);
    }
  }
}
