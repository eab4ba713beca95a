package dev.rowan.berry;

import dev.rowan.engine.Engine;
import dev.rowan.engine.EngineSettings;
import dev.rowan.model.Llama;
import dev.rowan.model.LlamaWeights;
import dev.rowan.model.ModelException;
import dev.rowan.tensor.Torch;
import dev.rowan.train.Aggregation;
import dev.rowan.train.Checkpoint;
import dev.rowan.train.GroupAdvantage;
import dev.rowan.train.Grpo;
import dev.rowan.train.Optimizers;
import dev.rowan.train.RolloutGroup;
import dev.rowan.train.Schedule;
import dev.rowan.train.Sequence;
import dev.rowan.train.Sft;
import dev.rowan.train.StepSize;
import dev.rowan.train.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The policy that the loop improves: its weights, its trainer, and what a round's roll-outs do to them. */
final class PolicyInTraining implements AutoCloseable {

  /** Gradients are summed in the order of the lanes, so their number is the same on every machine. */
  private static final int LANES = 2;

  /** A young run's momentum is misleading: its first steps are small. */
  private static final int WARM_UP = 12;

  /** The share of the learning rate that the last round has: large steps leave the policy worse than it could be. */
  private static final double FLOOR = 0.1;

  private static final int MICRO_BATCH_TOKENS = 4096;

  /** Optimiser steps that a round's roll-outs are split into. */
  private static final int UPDATES = 8;

  /** Imitation beside reinforcement is kept gentle. */
  private static final double IMITATION_SHARE = 0.3;

  private final LlamaWeights weights;
  private final Trainer<Llama> trainer;
  private final Grpo grpo;
  private final Sft sft;
  private final Schedule schedule;

  PolicyInTraining(LlamaWeights weights, BerryPlan plan, int maxTokens) {
    this.weights = weights;
    this.trainer =
        Sft.policy(weights, Torch.fastestMatmulType(), LANES, new Optimizers.MuonAndAdamW(0));
    this.grpo = new Grpo(trainer, settings(maxTokens), Optional.empty(), plan.seed());
    this.sft = new Sft(trainer, new StepSize(MICRO_BATCH_TOKENS, LANES));
    this.schedule = Schedule.cosine(plan.learningRate(), WARM_UP, FLOOR);
  }

  /** Several small steps on each round's roll-outs; the clipped ratio keeps the later ones honest. */
  private static Grpo.Settings settings(int maxTokens) {
    return new Grpo.Settings(
        GroupAdvantage.STANDARDISED,
        Aggregation.DAPO,
        0.2,
        0.28,
        0,
        UPDATES,
        maxTokens,
        MICRO_BATCH_TOKENS);
  }

  /** An engine with the weights as they are now; the caller closes it. */
  Engine engine() {
    return new Engine(weights, EngineSettings.forThisMachine());
  }

  LlamaWeights weights() {
    return weights;
  }

  /** Reinforces by comparison within groups, {@code progress} of the run being done; returns TRL's metrics. */
  Map<String, Double> reinforce(List<RolloutGroup> groups, double progress) {
    return grpo.learn(groups, schedule, progress);
  }

  /** Imitates chains that were kept. */
  void imitate(List<Sequence> kept, long seed, double progress) {
    if (!kept.isEmpty()) {
      sft.pass(
          kept,
          seed,
          (step, now) -> IMITATION_SHARE * schedule.rate(step, now),
          progress,
          progress,
          step -> {});
    }
  }

  /** Optimiser steps so far. */
  long steps() {
    return trainer.steps();
  }

  void save(Path checkpoint) throws IOException {
    new Checkpoint(checkpoint).save(trainer, Map.of());
  }

  /**
   * Goes back to a saved state.
   *
   * @throws ModelException if the checkpoint is damaged
   */
  void restore(Path checkpoint) {
    new Checkpoint(checkpoint).restore(trainer);
  }

  @Override
  public void close() {
    trainer.close();
    weights.close();
  }
}
