package dev.rowan.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rowan.tensor.RandomStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is drawn, how often, and the log-probability that is reported. */
final class SamplerTest {

  /** Logits of the probabilities 0.4, 0.1, 0.3, 0.15, 0.05 after two numbers of somebody else's. */
  private static final float[] LOGITS = logits(0.4, 0.1, 0.3, 0.15, 0.05);

  private static final int DRAWS = 20_000;

  private final Sampler sampler = new Sampler(5);

  private static float[] logits(double... probabilities) {
    float[] logits = new float[probabilities.length + 2];
    logits[0] = 99;
    logits[1] = -99;
    for (int i = 0; i < probabilities.length; i++) {
      logits[i + 2] = (float) Math.log(probabilities[i]) + 3;
    }
    return logits;
  }

  private static GenerationRequest settings(double temperature, int topK, double topP) {
    return new GenerationRequest(new int[] {1}, 1, new int[0], temperature, topK, topP, 0);
  }

  private int[] counts(GenerationRequest settings) {
    RandomStream random = new RandomStream(17);
    int[] counts = new int[5];
    for (int i = 0; i < DRAWS; i++) {
      counts[sampler.draw(LOGITS, 2, settings, random.nextDouble()).token()]++;
    }
    return counts;
  }

  private static void assertFollow(int[] counts, double... probabilities) {
    double chiSquare = 0;
    for (int i = 0; i < probabilities.length; i++) {
      double expected = probabilities[i] * DRAWS;
      if (expected == 0) {
        assertThat(counts[i]).as("token %d", i).isZero();
      } else {
        chiSquare += Math.pow(counts[i] - expected, 2) / expected;
      }
    }
    // 4 degrees of freedom: above 30 in one of 200,000 tries.
    assertThat(chiSquare).isLessThan(30);
  }

  @Test
  void drawsFollowTheDistribution() {
    assertFollow(counts(settings(1, 0, 1)), 0.4, 0.1, 0.3, 0.15, 0.05);
  }

  @Test
  void temperatureSharpens() {
    double sum = 0.16 + 0.01 + 0.09 + 0.0225 + 0.0025;
    assertFollow(
        counts(settings(0.5, 0, 1)),
        0.16 / sum,
        0.01 / sum,
        0.09 / sum,
        0.0225 / sum,
        0.0025 / sum);
  }

  @Test
  void topKKeepsTheMostLikely() {
    assertFollow(counts(settings(1, 2, 1)), 4 / 7.0, 0, 3 / 7.0, 0, 0);
    assertFollow(counts(settings(1, 99, 1)), 0.4, 0.1, 0.3, 0.15, 0.05);
  }

  @Test
  void topPKeepsTheFewestThatReachIt() {
    assertFollow(counts(settings(1, 0, 0.8)), 0.4 / 0.85, 0, 0.3 / 0.85, 0.15 / 0.85, 0);
    assertFollow(counts(settings(1, 0, 1e-9)), 1, 0, 0, 0, 0);
    assertFollow(counts(settings(1, 2, 0.99)), 4 / 7.0, 0, 3 / 7.0, 0, 0);
  }

  @Test
  void ofEquallyLikelyTokensOnlyAsManyStayAsAreAskedFor() {
    float[] even = new float[5];
    for (double uniform = 0; uniform < 1; uniform += 0.01) {
      assertThat(sampler.draw(even, 0, settings(1, 1, 1), uniform).token()).isZero();
      assertThat(sampler.draw(even, 0, settings(1, 2, 1), uniform).token()).isLessThan(2);
      assertThat(sampler.draw(even, 0, settings(1, 0, 0.6), uniform).token()).isLessThan(3);
    }
  }

  @Test
  void temperatureZeroTakesTheMostLikelyAndTheFirstOfEquals() {
    assertFollow(counts(settings(0, 0, 1)), 1, 0, 0, 0, 0);
    assertThat(
            sampler.draw(new float[] {1, 5, 5, 5, 2}, 0, settings(0, 0, 1), 0.9).token())
        .isEqualTo(1);
    assertThat(sampler.draw(LOGITS, 2, settings(1e-300, 0, 1), 0.9).token()).isZero();
  }

  @Test
  void reportsTheUntemperedLogProbability() {
    for (GenerationRequest settings :
        new GenerationRequest[] {settings(0, 0, 1), settings(0.2, 1, 0.1), settings(1, 0, 1)}) {
      assertThat((double) sampler.draw(LOGITS, 2, settings, 0).logProb())
          .isCloseTo(Math.log(0.4), within(1e-6));
    }
    double sum = IntStream.range(0, 5)
        .mapToDouble(i -> Math.exp(sampler.logProb(LOGITS, 2, i)))
        .sum();
    assertThat(sum).isCloseTo(1, within(1e-6));
  }

  @Test
  void theLastTokenThatCanBeDrawnTakesWhatRoundingLeaves() {
    assertThat(sampler.draw(LOGITS, 2, settings(1, 0, 1), Math.nextDown(1.0)).token())
        .isEqualTo(4);
    assertThat(sampler.draw(LOGITS, 2, settings(1, 2, 1), Math.nextDown(1.0)).token())
        .isEqualTo(2);
    assertThat(sampler
            .draw(new float[] {-1e30f, 0, -1e30f, 1, -1e30f}, 0, settings(1, 0, 1), 0.999999)
            .token())
        .isEqualTo(3);
  }
}
