package dev.rowan.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rowan.tensor.RandomStream;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What is drawn, how often, and the log-probability that is reported. */
final class SamplerTest {

  /** Logits of these probabilities. */
  private static final float[] LOGITS = logits(0.4, 0.1, 0.3, 0.15, 0.05);

  private static final int DRAWS = 20_000;

  private final Sampler sampler = new Sampler(5, new PlainKernels());

  private static float[] logits(double... probabilities) {
    float[] logits = new float[probabilities.length];
    for (int i = 0; i < probabilities.length; i++) {
      logits[i] = (float) Math.log(probabilities[i]) + 3;
    }
    return logits;
  }

  private static TokenChoice settings(double temperature, int topK, double topP) {
    return TokenChoice.of(temperature, topK, topP);
  }

  private static TokenChoice minP(double minP) {
    return new TokenChoice(1, 0, 1, minP, 1, 0, 0, Map.of());
  }

  private static TokenChoice penalties(double repetition, double presence, double frequency) {
    return new TokenChoice(1, 0, 1, 0, repetition, presence, frequency, Map.of());
  }

  private Sampler.Draw draw(float[] logits, TokenChoice choice, double uniform) {
    return sampler.draw(logits, choice, Optional.empty(), 0, uniform);
  }

  private int[] counts(TokenChoice settings) {
    return counts(settings, Optional.empty());
  }

  private int[] counts(TokenChoice settings, Optional<History> history) {
    RandomStream random = new RandomStream(17);
    int[] counts = new int[5];
    for (int i = 0; i < DRAWS; i++) {
      int token =
          sampler.draw(LOGITS, settings, history, 0, random.nextDouble()).token();
      counts[token]++;
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
      assertThat(draw(even, settings(1, 1, 1), uniform).token()).isZero();
      assertThat(draw(even, settings(1, 2, 1), uniform).token()).isLessThan(2);
      assertThat(draw(even, settings(1, 0, 0.6), uniform).token()).isLessThan(3);
    }
  }

  @Test
  void temperatureZeroTakesTheMostLikelyAndTheFirstOfEquals() {
    assertFollow(counts(settings(0, 0, 1)), 1, 0, 0, 0, 0);
    assertThat(draw(new float[] {1, 5, 5, 5, 2}, settings(0, 0, 1), 0.9).token())
        .isEqualTo(1);
    assertThat(draw(LOGITS, settings(1e-300, 0, 1), 0.9).token()).isZero();
  }

  @Test
  void reportsTheUntemperedLogProbability() {
    for (TokenChoice settings :
        new TokenChoice[] {settings(0, 0, 1), settings(0.2, 1, 0.1), settings(1, 0, 1)}) {
      assertThat((double) draw(LOGITS, settings, 0).logProb())
          .isCloseTo(Math.log(0.4), within(1e-6));
    }
    double sum = IntStream.range(0, 5)
        .mapToDouble(i -> Math.exp(sampler.logProb(LOGITS, i)))
        .sum();
    assertThat(sum).isCloseTo(1, within(1e-6));
  }

  @Test
  void theLastTokenThatCanBeDrawnTakesWhatRoundingLeaves() {
    assertThat(draw(LOGITS, settings(1, 0, 1), Math.nextDown(1.0)).token()).isEqualTo(4);
    assertThat(draw(LOGITS, settings(1, 2, 1), Math.nextDown(1.0)).token()).isEqualTo(2);
    assertThat(draw(new float[] {-1e30f, 0, -1e30f, 1, -1e30f}, settings(1, 0, 1), 0.999999)
            .token())
        .isEqualTo(3);
  }

  @Test
  void minPKeepsWhatIsNotMuchLessLikelyThanTheBest() {
    assertFollow(counts(minP(0.3)), 0.4 / 0.85, 0, 0.3 / 0.85, 0.15 / 0.85, 0);
    assertFollow(counts(minP(1)), 1, 0, 0, 0, 0);
    assertFollow(counts(minP(0)), 0.4, 0.1, 0.3, 0.15, 0.05);
  }

  @Test
  void aLogitBiasForcesAndForbids() {
    Map<Integer, Float> bias = Map.of(0, -100f, 4, 2f);
    TokenChoice choice = new TokenChoice(1, 0, 1, 0, 1, 0, 0, bias);
    double sum = 0.1 + 0.3 + 0.15 + 0.05 * Math.E * Math.E;
    assertFollow(counts(choice), 0, 0.1 / sum, 0.3 / sum, 0.15 / sum, 0.05 * Math.E * Math.E / sum);
    assertThat((double) sampler.draw(LOGITS, choice, Optional.empty(), 0, 0).logProb())
        .as("of the model, not of the bias")
        .isCloseTo(Math.log(0.1), within(1e-5));
  }

  @Test
  void presenceAndFrequencyCountTheTextAlone() {
    TokenChoice choice = penalties(1, Math.log(2), Math.log(3));
    History history = new History(choice, new int[] {2, 2});
    history.add(0);
    history.add(0);
    history.add(3);
    double first = 0.4 / 2 / 9;
    double fourth = 0.15 / 2 / 3;
    double sum = first + 0.1 + 0.3 + fourth + 0.05;
    assertFollow(
        counts(choice, Optional.of(history)),
        first / sum,
        0.1 / sum,
        0.3 / sum,
        fourth / sum,
        0.05 / sum);
  }

  @Test
  void repetitionScalesTheLogitsOfPromptAndText() {
    TokenChoice choice = penalties(2, 0, 0);
    History history = new History(choice, new int[] {0});
    history.add(1);
    float[] logits = {2, -2, 0.5f, 0, -1};
    float[] expected = {1, -4, 0.5f, 0, -1};
    float[] penalised = logits.clone();
    history.penalise(penalised);
    assertThat(penalised).isEqualTo(expected);
    assertThat(
            sampler.draw(logits, penalties(2, 0, 0), Optional.of(history), 0, 0).logProb())
        .isEqualTo(
            sampler.draw(logits, TokenChoice.PLAIN, Optional.empty(), 0, 0).logProb());
  }

  @Test
  void alternativesAreTheMostLikelyOfTheUntemperedModel() {
    Sampler.Draw draw = sampler.draw(LOGITS, settings(0.1, 1, 1), Optional.empty(), 3, 0.5);
    assertThat(draw.alternatives())
        .extracting(Generation.Alternative::token)
        .containsExactly(0, 2, 3);
    assertThat(draw.alternatives().getFirst().logProb()).isEqualTo(draw.logProb());
    assertThat((double) draw.alternatives().getLast().logProb())
        .isCloseTo(Math.log(0.15), within(1e-6));
  }

  @Property(tries = 50)
  void aLargeVocabularyIsCutAsBySorting(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 3000) int topK,
      @ForAll @DoubleRange(min = 0.01, max = 1) double topP) {
    int size = 3001;
    float[] logits = new float[size];
    Random random = new Random(seed);
    for (int i = 0; i < size; i++) {
      logits[i] = Math.round(random.nextGaussian() * 16) / 4f;
    }
    Set<Integer> allowed = allowed(logits, topK, topP);
    Sampler large = new Sampler(size, new VectorKernels());
    for (int i = 0; i < 50; i++) {
      int token = large
          .draw(
              logits,
              settings(1, topK, topP),
              Optional.empty(),
              0,
              i == 0 ? Math.nextDown(1.0) : random.nextDouble())
          .token();
      assertThat(allowed).contains(token);
    }
  }

  /** The tokens that may be drawn, and one more, because sums are rounded. */
  private static Set<Integer> allowed(float[] logits, int topK, double topP) {
    List<Integer> order = IntStream.range(0, logits.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -logits[i]))
        .toList();
    double all = 0;
    for (float logit : logits) {
      all += Math.exp(logit);
    }
    Set<Integer> allowed = new HashSet<>();
    double sum = 0;
    for (int i = 0; i < Math.min(topK, order.size()); i++) {
      allowed.add(order.get(i));
      if (sum >= topP * all) {
        break;
      }
      sum += Math.exp(logits[order.get(i)]);
    }
    return allowed;
  }

  @Test
  void whatIsOutOfRangeIsNamed() {
    assertThatThrownBy(() -> settings(1, 0, 1.5))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("top-p 1.5");
    assertThatThrownBy(() -> minP(-1)).hasMessageContaining("min-p -1.0");
    assertThatThrownBy(() -> penalties(0, 0, 0)).hasMessageContaining("repetition penalty 0.0");
  }
}
