package dev.rowan.berry.nano;

import dev.rowan.berry.Progress;
import dev.rowan.core.Seeds;
import dev.rowan.model.Llama;
import dev.rowan.model.LlamaWeights;
import dev.rowan.model.Tokenizer;
import dev.rowan.tensor.RandomStream;
import dev.rowan.tensor.Scope;
import dev.rowan.tensor.Torch;
import dev.rowan.train.Optimizers;
import dev.rowan.train.Schedule;
import dev.rowan.train.Sequence;
import dev.rowan.train.Sft;
import dev.rowan.train.Trainer;
import java.util.List;
import java.util.Locale;

/** Teaches a policy both families from nothing, by supervised fine-tuning on examples that do not repeat. */
final class WarmStart {

  private static final int POOL = 2048;
  private static final int WARM_UP = 50;
  private static final double WEIGHT_DECAY = 0.05;

  private final NanoRecipe recipe;
  private final Tokenizer tokenizer;

  WarmStart(NanoRecipe recipe, Tokenizer tokenizer) {
    this.recipe = recipe;
    this.tokenizer = tokenizer;
  }

  /** The trained weights; the caller closes them. */
  LlamaWeights train(long seed, Progress progress) {
    progress.stage("warm start", recipe.warmStartTokens());
    LlamaWeights weights;
    try (Scope _ = Scope.open()) {
      weights =
          LlamaWeights.random(recipe.model(), new RandomStream(Seeds.derive(seed, "weights")));
    }
    Curriculum curriculum = new Curriculum(tokenizer, Seeds.derive(seed, "curriculum"));
    Schedule schedule = Schedule.cosine(recipe.learningRate(), WARM_UP, 0.1);
    try (Trainer<Llama> trainer = Sft.policy(
        weights,
        Torch.fastestMatmulType(),
        recipe.lanes(),
        new Optimizers.MuonAndAdamW(WEIGHT_DECAY))) {
      Sft sft = new Sft(trainer, recipe.step());
      long tokens = 0;
      for (int pool = 0; tokens < recipe.warmStartTokens(); pool++) {
        List<Sequence> sequences = curriculum.sequences((long) pool * POOL, POOL);
        long size =
            sequences.stream().mapToLong(sequence -> sequence.tokens().length).sum();
        sft.pass(
            sequences,
            Seeds.derive(seed, pool),
            schedule,
            share(tokens),
            share(tokens + size),
            step -> progress.advance(
                (long) step.tally().get("tokens"),
                String.format(Locale.ROOT, "loss %.3f", step.loss())));
        tokens += size;
      }
    }
    return weights;
  }

  private double share(long tokens) {
    return Math.min(1, (double) tokens / recipe.warmStartTokens());
  }
}
