package dev.rowan.berry;

import dev.rowan.model.LlamaWeights;
import dev.rowan.model.TokenHead;
import dev.rowan.train.LabelledSequence;
import dev.rowan.train.ProcessRewardTraining;
import dev.rowan.train.StepSize;
import java.util.List;
import java.util.Locale;

/** What a process reward model learns from labelled roll-outs, watched by a person. */
public final class JudgeLesson {

  private JudgeLesson() {}

  /** Goes {@code passes} times over the roll-outs, in an order that {@code seed} decides. */
  public static void teach(
      LlamaWeights weights,
      TokenHead head,
      StepSize size,
      List<LabelledSequence> rollouts,
      int passes,
      long seed,
      Progress progress) {
    long tokens =
        rollouts.stream().mapToLong(rollout -> rollout.tokens().length).sum();
    progress.stage("process reward model", passes * tokens);
    ProcessRewardTraining.fit(
        weights,
        head,
        size,
        rollouts,
        passes,
        seed,
        step -> progress.advance(
            (long) step.tally().get("tokens"),
            String.format(Locale.ROOT, "judgement %.4f", step.tally().get("judgement"))));
  }
}
