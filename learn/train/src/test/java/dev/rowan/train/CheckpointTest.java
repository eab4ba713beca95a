package dev.rowan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowan.model.Llama;
import dev.rowan.model.LlamaWeights;
import dev.rowan.model.ModelException;
import dev.rowan.tensor.DType;
import dev.rowan.tensor.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointTest {

  private static final Optimizers MUON = new Optimizers.MuonAndAdamW(0.1);

  @TempDir
  private Path folder;

  @Test
  void aRestoredRunTakesTheSameSteps() throws IOException {
    Checkpoint checkpoint = new Checkpoint(folder.resolve("checkpoint"));
    float[] straight;
    try (LlamaWeights weights = Toys.model(1);
        Trainer<Llama> trainer = trainer(weights)) {
      RandomStream random = new RandomStream(11);
      steps(trainer, random, 3);
      checkpoint.save(trainer, Map.of("data", random));
      steps(trainer, random, 3);
      straight = Floats.of(weights.parameters());
    }
    try (LlamaWeights weights = Toys.model(2);
        Trainer<Llama> trainer = trainer(weights)) {
      Map<String, RandomStream> streams = checkpoint.restore(trainer);
      assertThat(trainer.steps()).isEqualTo(3);
      RandomStream random = streams.getOrDefault("data", new RandomStream(0));
      steps(trainer, random, 3);
      assertThat(Floats.of(weights.parameters())).isEqualTo(straight);
    }
  }

  @Test
  void savingAgainReplaces() throws IOException {
    Checkpoint checkpoint = new Checkpoint(folder.resolve("checkpoint"));
    assertThat(checkpoint.exists()).isFalse();
    try (LlamaWeights weights = Toys.model(1);
        Trainer<Llama> trainer = trainer(weights)) {
      RandomStream random = new RandomStream(11);
      checkpoint.save(trainer, Map.of());
      steps(trainer, random, 2);
      checkpoint.save(trainer, Map.of("data", random));
      checkpoint.restore(trainer);
      assertThat(trainer.steps()).isEqualTo(2);
      try (var files = Files.list(folder)) {
        assertThat(files).containsExactly(folder.resolve("checkpoint"));
      }
    }
  }

  @Test
  void theOldOneCountsUntilTheNewOneIsInPlace() throws IOException {
    Checkpoint checkpoint = new Checkpoint(folder.resolve("checkpoint"));
    try (LlamaWeights weights = Toys.model(1);
        Trainer<Llama> trainer = trainer(weights)) {
      steps(trainer, new RandomStream(11), 2);
      checkpoint.save(trainer, Map.of());
      Files.move(folder.resolve("checkpoint"), folder.resolve("checkpoint.old"));
      Files.createDirectory(folder.resolve("checkpoint.tmp"));
      Files.writeString(
          folder.resolve("checkpoint.tmp").resolve("weights.safetensors.tmp"), "half");

      assertThat(checkpoint.exists()).isTrue();
      checkpoint.restore(trainer);
      assertThat(trainer.steps()).isEqualTo(2);
      checkpoint.save(trainer, Map.of());
      assertThat(folder.resolve("checkpoint")).isDirectory();
      assertThat(folder.resolve("checkpoint.old")).doesNotExist();
      assertThat(folder.resolve("checkpoint.tmp")).doesNotExist();
    }
  }

  @Test
  void aMissingOrDamagedCheckpointIsNamed() throws IOException {
    Checkpoint checkpoint = new Checkpoint(folder.resolve("none"));
    try (LlamaWeights weights = Toys.model(1);
        Trainer<Llama> trainer = trainer(weights)) {
      assertThatThrownBy(() -> checkpoint.restore(trainer))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("none");
      checkpoint.save(trainer, Map.of());
      Files.writeString(folder.resolve("none").resolve("weights.safetensors"), "short");
      assertThatThrownBy(() -> checkpoint.restore(trainer))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("truncated");
    }
  }

  private static Trainer<Llama> trainer(LlamaWeights weights) {
    return Sft.policy(weights, DType.FLOAT32, 2, MUON);
  }

  private static void steps(Trainer<Llama> trainer, RandomStream random, int count) {
    Sft sft = new Sft(trainer, new StepSize(200, 2));
    for (int i = 0; i < count; i++) {
      List<Sequence> sequences = Toys.copies(32, random.nextLong());
      sft.step(MicroBatches.of(sequences, toy -> toy.tokens().length, 200, 1), 1e-2);
    }
  }
}
