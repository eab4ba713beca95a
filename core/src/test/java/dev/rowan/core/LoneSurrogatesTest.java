package dev.rowan.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LoneSurrogatesTest {

  @Test
  void onlyHalvesWithoutTheirOtherHalfAreFoundAndEscaped() {
    assertThat(LoneSurrogates.in("déjà \ud83d\ude00")).isFalse();
    assertThat(LoneSurrogates.in("\ud83d")).isTrue();
    assertThat(LoneSurrogates.in("\ude00\ud83d")).isTrue();
    assertThat(LoneSurrogates.escapedIn("\ud83d\ude00 \ude00 \ud83d"))
        .isEqualTo("\ud83d\ude00 \\ude00 \\ud83d");
  }
}
