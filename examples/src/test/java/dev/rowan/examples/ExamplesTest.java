package dev.rowan.examples;

import static dev.rowan.testkit.Behaviours.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.testkit.FakeEndpoint;
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
  void aSearchStopsOnceTheVerifierIsContent() throws InterruptedException {
    try (FakeEndpoint server = FakeEndpoint.start(says("No lemon, no melon"))) {
      StopWhenRight.main(new String[] {server.url(), "tiny"});
      assertThat(server.bodies()).hasSize(4);
    }
  }
}
