package dev.rowan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rowan.model.Llama;
import dev.rowan.model.LlamaWeights;
import dev.rowan.tensor.DType;
import dev.rowan.tensor.RandomStream;
import dev.rowan.tensor.Torch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class SftTest {

  private static final StepSize SIZE = new StepSize(320, 2);
  private static final Optimizers MUON = new Optimizers.MuonAndAdamW(0);

  @Test
  void learnsToCopy() {
    try (LlamaWeights weights = Toys.model(1);
        Trainer<Llama> trainer = Sft.policy(weights, DType.FLOAT32, 2, MUON)) {
      Sft sft = new Sft(trainer, SIZE);

      List<Double> losses = new ArrayList<>();
      sft.train(
          Toys.copies(1024, 7),
          8,
          3,
          Schedule.cosine(0.02, 10, 0.1),
          step -> losses.add(step.loss()));

      assertThat(losses.getLast()).isLessThan(0.1).isLessThan(losses.getFirst());
      RandomStream random = new RandomStream(99);
      for (int i = 0; i < 10; i++) {
        int[] prompt = Toys.prompt(random);
        int[] said = Toys.sample(Toys.frozen(weights), prompt, true, random).tokens();
        assertThat(new Sequence(concat(prompt, said), 5))
            .isEqualTo(new Sequence(Toys.copied(prompt), 5));
      }
    }
  }

  @Test
  void sameSeedAndLanesGiveTheSameBits() {
    for (DType type : List.of(DType.FLOAT32, DType.BFLOAT16)) {
      assertThat(weightsAfter(2, MUON, type)).isEqualTo(weightsAfter(2, MUON, type));
    }
  }

  @Test
  void lanesOnlyChangeTheRounding() {
    Optimizers adam = new Optimizers.AdamWAlone(0);
    assertThat(weightsAfter(3, adam, DType.FLOAT32))
        .containsExactly(weightsAfter(1, adam, DType.FLOAT32), within(1e-4f));
  }

  @Test
  void aWeightCountsLikeThatManyCopies() {
    List<Sequence> two = Toys.copies(2, 5);
    Sequence first = two.getFirst();
    Sequence second = two.getLast();
    List<Sequence> repeated = List.of(first, first, first, second);
    List<Sequence> weighted =
        List.of(new Sequence(first.tokens(), first.promptLength(), 3), second);

    assertThat(lossOf(weighted)).isCloseTo(lossOf(repeated), within(1e-5));
  }

  @Test
  void aSequenceNeedsPromptCompletionAndWeight() {
    int[] tokens = {3, 4};
    assertThatThrownBy(() -> new Sequence(tokens, 2)).hasMessageContaining("prompt of 2");
    assertThatThrownBy(() -> new Sequence(tokens, 0)).hasMessageContaining("prompt of 0");
    assertThatThrownBy(() -> new Sequence(tokens, 1, 0)).hasMessageContaining("weight 0.0");
  }

  @Test
  void aLossThatIsNoNumberStopsTheRun() {
    try (LlamaWeights weights = Toys.model(1);
        Trainer<Llama> trainer = Sft.policy(weights, DType.FLOAT32, 2, MUON)) {
      assertThatThrownBy(() -> trainer.step(
              List.of(0, 1),
              (llama, batch, tally) -> llama.weights().embed().sum().mul(Double.NaN),
              1e-3))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("lower the learning rate");
      assertThat(trainer.steps()).isZero();
    }
  }

  @Test
  void aFailureInALaneReachesTheCaller() {
    try (LlamaWeights weights = Toys.model(1);
        Trainer<Llama> trainer = Sft.policy(weights, DType.FLOAT32, 2, MUON)) {
      assertThatThrownBy(() -> trainer.step(
              List.of(0, 1),
              (llama, batch, tally) -> {
                throw new IllegalStateException("no data in " + batch);
              },
              1e-3))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("no data in");
    }
  }

  /** One gradient that is not freed would be 1.2 MB a step; compilers use some tens of megabytes now and then. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void nativeMemoryStaysFlat() throws Throwable {
    try (LlamaWeights weights = Toys.model(1, 128);
        Trainer<Llama> trainer = Sft.policy(weights, Torch.fastestMatmulType(), 2, MUON)) {
      Sft sft = new Sft(trainer, SIZE);
      List<List<Sequence>> batches =
          MicroBatches.of(Toys.copies(64, 1), toy -> toy.tokens().length, 320, 1);
      for (int i = 0; i < 20; i++) {
        sft.step(batches, 1e-3);
      }
      long before = NativeHeap.bytes();
      for (int i = 0; i < 100; i++) {
        sft.step(batches, 1e-3);
      }
      assertThat(NativeHeap.bytes() - before).isLessThan(60_000_000);
    }
  }

  private static double lossOf(List<Sequence> sequences) {
    try (LlamaWeights weights = Toys.model(1);
        Trainer<Llama> trainer = Sft.policy(weights, DType.FLOAT32, 1, MUON)) {
      return new Sft(trainer, SIZE).step(List.of(sequences), 1e-3).loss();
    }
  }

  private static float[] weightsAfter(int lanes, Optimizers recipe, DType type) {
    try (LlamaWeights weights = Toys.model(1);
        Trainer<Llama> trainer = Sft.policy(weights, type, lanes, recipe)) {
      new Sft(trainer, new StepSize(100, 4))
          .train(Toys.copies(200, 7), 1, 3, Schedule.constant(1e-3, 1), step -> {});
      return Floats.of(weights.parameters());
    }
  }

  private static int[] concat(int[] a, int[] b) {
    return java.util.stream.IntStream.concat(
            java.util.stream.IntStream.of(a), java.util.stream.IntStream.of(b))
        .toArray();
  }
}
