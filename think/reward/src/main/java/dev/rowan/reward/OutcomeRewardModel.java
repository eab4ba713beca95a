package dev.rowan.reward;

import dev.rowan.core.Prefix;
import dev.rowan.core.Problem;
import dev.rowan.core.RewardModel;
import dev.rowan.core.Score;
import dev.rowan.core.Trajectory;
import dev.rowan.engine.Engine;
import dev.rowan.model.ValueHead;
import dev.rowan.policy.PromptEncoder;

/**
 * An outcome reward model: the probability that a chain's answer is right, by a {@link ValueHead} on the hidden state at
 * its last token (Cobbe et al. 2021, "Training Verifiers to Solve Math Word Problems"). Engine and head belong to the
 * caller.
 */
public final class OutcomeRewardModel implements RewardModel {

  private final Engine engine;
  private final ValueHead head;
  private final PromptEncoder encoder;

  /** A reward model whose language model is the engine's; {@code encoder} is that model's. */
  public OutcomeRewardModel(Engine engine, ValueHead head, PromptEncoder encoder) {
    this.engine = engine;
    this.head = head;
    this.encoder = encoder;
  }

  /** The hidden state [hidden] at a chain's last token: what the head reads, and is trained on. */
  public static float[] feature(
      Engine engine, PromptEncoder encoder, Problem problem, Trajectory trajectory)
      throws InterruptedException {
    int[] tokens = encoder.encode(new Prefix(problem, trajectory.steps()));
    return engine.read(tokens, tokens.length - 1).hidden();
  }

  @Override
  public Score score(Problem problem, Trajectory trajectory) throws InterruptedException {
    return Score.of(head.probability(feature(engine, encoder, problem, trajectory)));
  }
}
