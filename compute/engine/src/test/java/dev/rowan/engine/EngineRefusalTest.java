package dev.rowan.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowan.model.LlamaWeights;
import dev.rowan.tensor.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What an engine refuses, and how little of the rest a refusal touches. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
final class EngineRefusalTest {

  private final int[] prompt = Tiny.tokens(new SplittableRandom(1), 200);
  private final LlamaWeights weights = Tiny.weights(Tiny.LONG);

  @AfterAll
  void free() {
    weights.close();
  }

  private Engine engine(int lanes, int cacheTokens) {
    return new Engine(weights, Tiny.settings(lanes, cacheTokens, DType.FLOAT32));
  }

  @Test
  void memoryBoundsTheCacheToo() {
    long block = KvStore.blockBytes(Tiny.CONFIG, false);
    EngineSettings settings = new EngineSettings(1, 8, 16, 4096, 3 * block, DType.FLOAT32);
    try (LlamaWeights weights = Tiny.weights(Tiny.CONFIG);
        Engine engine = new Engine(weights, settings)) {
      assertRefused(
          engine, Tiny.request(new int[40], 9, 0), "40 and up to 9 new tokens exceed the engine's");
    }
  }

  /** On many cores with little memory fewer lanes run, so that each holds a usual sequence. */
  @Test
  void shortMemoryLeavesFewerLanesRatherThanShortOnes() throws InterruptedException {
    long whole =
        KvStore.blockBytes(Tiny.CONFIG, false) * Tiny.CONFIG.maxPositions() / KvStore.BLOCK;
    EngineSettings settings = new EngineSettings(16, 8, 64, 4096, 2 * whole, DType.FLOAT32);
    int length = Tiny.CONFIG.maxPositions();
    try (LlamaWeights weights = Tiny.weights(Tiny.CONFIG);
        Engine engine = new Engine(weights, settings)) {
      assertThat(engine.generate(Tiny.request(new int[length - 3], 3, 0)).tokens())
          .hasSize(3);
    }
  }

  /** What a stop rule throws ends the request that brought it, and no other of the same batch. */
  @Test
  void aRequestThatFailsFailsAlone() throws InterruptedException, ExecutionException {
    try (Engine engine = engine(1, 1024)) {
      StopRule failing = () -> token -> {
        throw new IllegalStateException("a rule of the caller's");
      };
      GenerationRequest bad =
          new GenerationRequest(new int[] {3}, 30, failing, TokenChoice.PLAIN, 0, 1);
      List<Callable<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        int seed = i;
        calls.add(
            () -> engine.generate(Tiny.request(new int[] {4, 5}, 60, seed)).tokens().length);
      }
      calls.add(3, () -> {
        assertRefused(engine, bad, "a rule of the caller's");
        return 60;
      });
      assertThat(Tiny.together(calls)).containsOnly(60).hasSize(7);
      Tiny.awaitNoBlocks(engine);
      assertThat(engine.blocksInUse()).isZero();
    }
  }

  @Test
  void choicesOutOfRangeAreRefusedBeforeTheyReachOthers() {
    try (Engine engine = engine(1, 256)) {
      assertRefused(engine, biased(50, 1), "token 50 is not in the vocabulary of 50");
      assertRefused(engine, biased(-1, 1), "token -1");
      GenerationRequest many =
          new GenerationRequest(new int[] {3}, 1, StopRule.NEVER, TokenChoice.PLAIN, 51, 0);
      assertRefused(engine, many, "51 alternatives");
    }
    assertThatThrownBy(() -> biased(5, Float.NaN)).hasMessageContaining("bias of token 5");
    assertThatThrownBy(() -> biased(5, Float.POSITIVE_INFINITY))
        .hasMessageContaining("bias of token 5");
  }

  private static GenerationRequest biased(int token, float bias) {
    TokenChoice choice = new TokenChoice(1, 0, 1, 0, 1, 0, 0, Map.of(token, bias));
    return new GenerationRequest(new int[] {3}, 1, StopRule.NEVER, choice, 0, 0);
  }

  @Test
  void whatCannotBeServedIsNamedInOneLine() {
    try (Engine engine = engine(1, 256)) {
      assertRefused(engine, Tiny.request(new int[0], 5, 0), "the prompt is empty");
      assertRefused(
          engine, Tiny.request(new int[] {3, 50}, 5, 0), "token 50 is not in the vocabulary of 50");
      assertRefused(engine, Tiny.request(new int[] {3, -1}, 5, 0), "token -1");
      assertRefused(engine, Tiny.request(new int[] {3}, 0, 0), "0 new tokens");
      assertRefused(
          engine,
          Tiny.request(prompt, 59_801, 0),
          "200 and up to 59801 new tokens exceed the model's context of 60000");
      assertRefused(engine, Tiny.request(prompt, Integer.MAX_VALUE, 0), "model's context of 60000");
      assertRefused(
          engine,
          Tiny.request(prompt, 57, 0),
          "200 and up to 57 new tokens exceed the engine's cache");
      assertThatThrownBy(() -> engine.read(prompt, 200))
          .isInstanceOf(EngineException.class)
          .hasMessage("position 200 is not in a sequence of 200 tokens");
      assertThatThrownBy(() -> engine.read(prompt, -1)).isInstanceOf(EngineException.class);
      assertThatThrownBy(() -> engine.read(new int[0], 0)).isInstanceOf(EngineException.class);
    }
    assertThatThrownBy(() -> engine(0, 256))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("0 lanes");
  }

  private static void assertRefused(Engine engine, GenerationRequest request, String message) {
    assertThatThrownBy(() -> engine.generate(request))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining(message);
  }
}
