package dev.rowan.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.model.Family;
import dev.rowan.model.Llama;
import dev.rowan.model.LlamaConfig;
import dev.rowan.model.LlamaWeights;
import dev.rowan.model.RopeScaling;
import dev.rowan.model.SlidingWindow;
import dev.rowan.tensor.DType;
import dev.rowan.tensor.RandomStream;
import dev.rowan.tensor.Scope;
import dev.rowan.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decoding computes what training's forward pass computes. */
final class TrainingParityTest {

  /** Hidden states and log-probabilities of the tokens from the second on, by the training forward pass. */
  private static HiddenStates expected(LlamaWeights weights, DType type, int[] tokens) {
    try (Scope _ = Scope.open()) {
      long[] ids = Arrays.stream(tokens).asLongStream().toArray();
      Llama llama = new Llama(weights, type);
      Tensor hidden = llama.hidden(Tensor.of(ids, 1, ids.length));
      Tensor logits = llama.logits(hidden).narrow(1, 0, ids.length - 1L);
      Tensor next = Tensor.of(Arrays.copyOfRange(ids, 1, ids.length), 1, ids.length - 1L, 1);
      return new HiddenStates(
          hidden.toFloats(), logits.logSoftmax().gather(-1, next).toFloats());
    }
  }

  private static double meanDifference(float[] a, float[] b) {
    assertThat(a).hasSameSizeAs(b);
    return IntStream.range(0, a.length)
        .mapToDouble(i -> Math.abs(a[i] - b[i]))
        .average()
        .orElse(0);
  }

  @ParameterizedTest
  @CsvSource({"FLOAT32, 16, 1e-4, 1e-4", "BFLOAT16, 16, 5e-3, 1e-2", "FLOAT32, 6, 1e-4, 1e-4"})
  void readsAndSamplesAsTrainingDoes(
      DType type, int headDim, double tolerance, double hiddenTolerance)
      throws InterruptedException {
    LlamaConfig config = new LlamaConfig(50, 64, 96, 2, 4, 2, headDim, 512, 10_000, 1e-5, 1, 0);
    agrees(config, type, tolerance, hiddenTolerance);
  }

  @ParameterizedTest
  @CsvSource({
    "LLAMA, false, 1000, 0, FLOAT32, 1e-4, 1e-4",
    "MISTRAL, false, 37, 0, FLOAT32, 1e-4, 1e-4",
    "QWEN2, true, 20, 1, FLOAT32, 1e-4, 1e-4",
    "QWEN2, true, 1000, 0, BFLOAT16, 5e-3, 2e-2",
    "QWEN3, false, 1000, 0, FLOAT32, 1e-4, 1e-4",
    "QWEN3, true, 1000, 0, BFLOAT16, 5e-3, 2e-2"
  })
  void everyFamilyReadsAndSamplesAsInTraining(
      Family family,
      boolean tied,
      int window,
      int fromLayer,
      DType type,
      double tolerance,
      double hiddenTolerance)
      throws InterruptedException {
    LlamaConfig.Variant variant = new LlamaConfig.Variant(
        family, tied, new SlidingWindow(window, fromLayer), new RopeScaling.Llama3(8, 1, 4, 64));
    LlamaConfig config =
        new LlamaConfig(50, 64, 96, 2, 4, 2, 32, 512, 10_000, 1e-5, List.of(1, 2), 0, variant);
    agrees(config, type, tolerance, hiddenTolerance);
  }

  /** The widths of SmolLM2-135M, with fewer layers and tokens. */
  @ParameterizedTest
  @CsvSource({"FLOAT32, 1e-4, 1e-4", "BFLOAT16, 5e-3, 2e-2"})
  void aModelOfUsualWidthsReadsAndSamplesAsInTraining(
      DType type, double tolerance, double hiddenTolerance) throws InterruptedException {
    LlamaConfig config =
        new LlamaConfig(512, 576, 1536, 6, 9, 3, 64, 512, 100_000, 1e-5, Tiny.EOS, 0);
    try (LlamaWeights weights = LlamaWeights.random(config, new RandomStream(7))) {
      agrees(weights, type, tolerance, hiddenTolerance);
    }
  }

  @Test
  void bytesStayNearTraining() throws InterruptedException {
    LlamaConfig config =
        new LlamaConfig(512, 576, 1536, 6, 9, 3, 64, 512, 100_000, 1e-5, Tiny.EOS, 0);
    int[] tokens = Tiny.tokens(new SplittableRandom(3), 150);
    try (LlamaWeights weights = Tiny.weights(config);
        Engine engine = new Engine(weights, Tiny.settings(1, 1024, DType.INT8))) {
      HiddenStates expected = expected(weights, DType.FLOAT32, tokens);
      assertThat(meanDifference(engine.read(tokens, 0).logProbs(), expected.logProbs()))
          .isLessThan(0.05);
    }
  }

  private static void agrees(
      LlamaConfig config, DType type, double tolerance, double hiddenTolerance)
      throws InterruptedException {
    try (LlamaWeights weights = Tiny.weights(config)) {
      agrees(weights, type, tolerance, hiddenTolerance);
    }
  }

  private static void agrees(
      LlamaWeights weights, DType type, double tolerance, double hiddenTolerance)
      throws InterruptedException {
    int width = weights.config().hidden();
    int[] prompt = Tiny.tokens(new SplittableRandom(3), 90);
    try (Engine engine = new Engine(weights, Tiny.settings(1, 1024, type))) {
      Generation generation = engine.generate(Tiny.request(prompt, 60, 4));
      int[] all = Arrays.copyOf(prompt, 150);
      System.arraycopy(generation.tokens(), 0, all, 90, 60);
      HiddenStates expected = expected(weights, type, all);

      assertThat(meanDifference(
              generation.logProbs(), Arrays.copyOfRange(expected.logProbs(), 89, 149)))
          .isLessThanOrEqualTo(tolerance);
      for (int from : new int[] {0, 1, 89, 149}) {
        HiddenStates read = engine.read(all, from);
        assertThat(
                meanDifference(read.logProbs(), Arrays.copyOfRange(expected.logProbs(), from, 149)))
            .as("log-probs from %d", from)
            .isLessThanOrEqualTo(tolerance);
        assertThat(meanDifference(
                read.hidden(), Arrays.copyOfRange(expected.hidden(), from * width, 150 * width)))
            .as("hidden states from %d", from)
            .isLessThanOrEqualTo(hiddenTolerance);
      }
      assertThat(Arrays.copyOfRange(engine.read(all, 0).logProbs(), 89, 149))
          .as("what was sampled, read again, bit for bit")
          .isEqualTo(generation.logProbs());
    }
  }
}
