package dev.rowan.bench;

import dev.rowan.model.Llama;
import dev.rowan.model.LlamaWeights;
import dev.rowan.model.ModelFolder;
import dev.rowan.tensor.Torch;
import dev.rowan.train.Optimizers;
import dev.rowan.train.Sequence;
import dev.rowan.train.Sft;
import dev.rowan.train.StepSize;
import dev.rowan.train.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Takes supervised steps, each forward, backward, clipping and AdamW on one batch, in one lane; counts the batches' tokens
 * without padding.
 */
public final class Training {

  private static final double WARM_UP_SECONDS = 12;
  private static final double LEARNING_RATE = 1e-5;

  private Training() {}

  /** Runs rounds of a workload: {@code MODEL-FOLDER WORKLOAD-FILE}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Workload workload = Workload.read(Path.of(args[1]));
    List<List<List<Sequence>>> rounds =
        workload.rounds().stream().map(Training::sequences).toList();
    try (LlamaWeights weights = new ModelFolder(Path.of(args[0])).weights();
        Trainer<Llama> trainer =
            Sft.policy(weights, Torch.fastestMatmulType(), 1, new Optimizers.AdamWAlone(0))) {
      Sft sft = new Sft(trainer, new StepSize(Workload.BATCH_TOKENS, 1));
      new Rounds(number -> round(sft, rounds.get(number))).run(WARM_UP_SECONDS);
    }
  }

  private static List<List<Sequence>> sequences(Workload.Round round) {
    return round.batches().stream()
        .map(batch -> batch.stream()
            .map(text -> new Sequence(text.tokens(), text.promptLength()))
            .toList())
        .toList();
  }

  private static long round(Sft sft, List<List<Sequence>> batches) {
    long tokens = 0;
    for (List<Sequence> batch : batches) {
      tokens += (long) sft.step(List.of(batch), LEARNING_RATE).tally().get("tokens");
    }
    return tokens;
  }
}
