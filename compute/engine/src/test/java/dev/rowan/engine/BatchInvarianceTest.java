package dev.rowan.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.model.LlamaConfig;
import dev.rowan.model.LlamaWeights;
import dev.rowan.tensor.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A request's tokens and the bits of its log-probabilities depend on nothing but the request. */
final class BatchInvarianceTest {

  private static final int LONGEST = 120;

  private static List<GenerationRequest> requests() {
    SplittableRandom random = new SplittableRandom(11);
    int[] common = Tiny.tokens(random, 80);
    List<GenerationRequest> requests = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      int[] prompt = Arrays.copyOf(common, 1 + random.nextInt(80));
      int own = random.nextInt(prompt.length + 1);
      System.arraycopy(Tiny.tokens(random, own), 0, prompt, prompt.length - own, own);
      TokenChoice choice = new TokenChoice(
          new double[] {0, 0.7, 1, 1.3}[i % 4],
          i % 3 == 0 ? 5 : 0,
          i % 5 == 0 ? 0.9 : 1,
          i % 7 == 0 ? 0.05 : 0,
          i % 3 == 1 ? 1.2 : 1,
          i % 4 == 1 ? 0.5 : 0,
          i % 4 == 2 ? 0.2 : 0,
          i % 6 == 0 ? Map.of(7, 2f) : Map.of());
      StopRule stop = StopRule.at(Tiny.EOS, 2);
      requests.add(new GenerationRequest(prompt, 1 + random.nextInt(40), stop, choice, i % 3, i));
    }
    return requests;
  }

  private static List<Generation> alone(LlamaWeights weights, DType type)
      throws InterruptedException {
    List<Generation> results = new ArrayList<>();
    for (GenerationRequest request : requests()) {
      try (Engine engine = new Engine(weights, Tiny.settings(1, 128, type))) {
        results.add(engine.generate(request));
      }
    }
    return results;
  }

  /** All requests at once, in another order each time, among reads of other sequences. */
  private static List<Generation> crowded(Engine engine, int round)
      throws InterruptedException, ExecutionException {
    List<GenerationRequest> requests = requests();
    Generation[] results = new Generation[requests.size()];
    List<Callable<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < results.length; i++) {
      int index = i;
      calls.add(() -> {
        results[index] = engine.generate(requests.get(index));
        return index;
      });
      int[] read = Tiny.tokens(new SplittableRandom(100 * round + i), 1 + i);
      calls.add(() -> engine.read(read, index / 2).logProbs().length);
    }
    Collections.shuffle(calls, new Random(round));
    Tiny.together(calls);
    return List.of(results);
  }

  private static void assertSame(List<Generation> actual, List<Generation> expected) {
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i).tokens())
          .as("tokens %d", i)
          .isEqualTo(expected.get(i).tokens());
      assertThat(actual.get(i).logProbs())
          .as("log-probs %d", i)
          .isEqualTo(expected.get(i).logProbs());
      assertThat(actual.get(i).alternatives()).isEqualTo(expected.get(i).alternatives());
      assertThat(actual.get(i).stopped()).isEqualTo(expected.get(i).stopped());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BFLOAT16", "INT8"})
  void sameBitsAloneAndInAnyCompany(DType type) throws InterruptedException, ExecutionException {
    try (LlamaWeights weights = Tiny.weights(Tiny.CONFIG)) {
      List<Generation> expected = alone(weights, type);
      for (EngineSettings settings : List.of(
          Tiny.settings(1, 8192, type),
          Tiny.settings(3, 8192, type),
          new EngineSettings(1, 64, 128, LONGEST / 16 * 16 + 16, type),
          new EngineSettings(2, 3, 7, 512, type),
          new EngineSettings(1, 64, 1, 2048, type))) {
        try (Engine engine = new Engine(weights, settings)) {
          assertSame(crowded(engine, 1), expected);
          assertSame(crowded(engine, 2), expected);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BFLOAT16", "INT8"})
  void aLargerModelReadsTheSameInPiecesOfAnySize(DType type) throws InterruptedException {
    LlamaConfig config = new LlamaConfig(85, 256, 768, 1, 4, 2, 64, 512, 10_000, 1e-5, 1, 0);
    int[] tokens = Tiny.tokens(new SplittableRandom(5), 500);
    try (LlamaWeights weights = Tiny.weights(config)) {
      List<HiddenStates> states = new ArrayList<>();
      for (int rows : IntStream.of(512, 1, 5, 16, 47, 48, 64, 129, 400).toArray()) {
        try (Engine engine = new Engine(weights, new EngineSettings(1, 4, rows, 1024, type))) {
          states.add(engine.read(tokens, 0));
        }
      }
      for (HiddenStates state : states) {
        assertThat(state.hidden()).isEqualTo(states.getFirst().hidden());
        assertThat(state.logProbs()).isEqualTo(states.getFirst().logProbs());
      }
    }
  }
}
