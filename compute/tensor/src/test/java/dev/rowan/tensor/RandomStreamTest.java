package dev.rowan.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Streams of random numbers. */
final class RandomStreamTest {

  @Test
  void aSavedStreamGoesOnWithTheSameNumbers() {
    RandomStream stream = new RandomStream(42);
    for (int i = 0; i < 1000; i++) {
      stream.nextGaussian();
    }
    RandomStream resumed = new RandomStream(stream.state());
    for (int i = 0; i < 1000; i++) {
      assertThat(resumed.nextGaussian()).isEqualTo(stream.nextGaussian());
      assertThat(resumed.nextInt(17)).isEqualTo(stream.nextInt(17));
      assertThat(resumed.nextDouble()).isEqualTo(stream.nextDouble());
    }
    assertThat(resumed.state()).isEqualTo(stream.state());
  }

  @Test
  void isSplitMix64() {
    RandomStream stream = new RandomStream(123);
    SplittableRandom reference = new SplittableRandom(123);
    for (int i = 0; i < 100; i++) {
      assertThat(stream.nextLong()).isEqualTo(reference.nextLong());
    }
  }

  @Test
  void normalTensorsHaveTheMomentsOfTheirDistribution() {
    int count = 100_000;
    try (Scope _ = Scope.open()) {
      Tensor x = new RandomStream(7).normal(2, 100, count / 100);
      assertThat(x.shape()).containsExactly(100, count / 100);
      Tensor scaled = x.mul(0.5);
      Tensor square = scaled.mul(scaled);
      assertThat(scaled.mean().item()).isCloseTo(0, within(4 / Math.sqrt(count)));
      assertThat(square.mean().item()).isCloseTo(1, within(4 * Math.sqrt(2.0 / count)));
      assertThat(square.mul(scaled).mean().item())
          .isCloseTo(0, within(4 * Math.sqrt(15.0 / count)));
      assertThat(square.mul(square).mean().item())
          .isCloseTo(3, within(4 * Math.sqrt(96.0 / count)));
    }
  }

  @Test
  void theSameSeedGivesTheSameTensor() {
    try (Scope _ = Scope.open()) {
      float[] first = new RandomStream(9).normal(1, 10).toFloats();
      assertThat(new RandomStream(9).normal(1, 10).toFloats()).containsExactly(first);
      assertThat(new RandomStream(10).normal(1, 10).toFloats()).isNotEqualTo(first);
    }
  }

  @Test
  void aShapeBeyondMemoryIsRefused() {
    RandomStream stream = new RandomStream(1);
    assertThatThrownBy(() -> stream.normal(1, 1L << 40, 1L << 40))
        .isInstanceOf(ArithmeticException.class);
  }
}
