package dev.rowan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.core.Usage;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FiguresTest {

  @Test
  void costNamesWhatWasSpent() {
    assertThat(Figures.cost(new Usage(1, 10, 2_000, 0), Duration.ofMillis(1_250)))
        .isEqualTo("1 call, 10 tokens read, 2,000 written, 1.3 s");
    assertThat(Figures.cost(new Usage(2, 0, 0, 1_234_567), Duration.ZERO)).endsWith("$1.2346");
    assertThat(Figures.dollars(45)).isEqualTo("$0.000045");
  }

  @Test
  void votesAreSortedAndScaled() {
    assertThat(Figures.votes(Map.of("7", 1.0, "42", 2.0, "9", 0.5)))
        .containsExactly(
            "42  " + "█".repeat(24) + "  2",
            "7   " + "█".repeat(12) + " ".repeat(12) + "  1",
            "9   " + "█".repeat(6) + " ".repeat(18) + "  0.50");
    assertThat(Figures.votes(Map.of())).isEmpty();
  }
}
