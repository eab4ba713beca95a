package dev.rowan.berry;

import dev.rowan.core.Prefix;
import dev.rowan.core.Problem;
import dev.rowan.core.Step;
import dev.rowan.core.StepVerifier;
import dev.rowan.core.Token;
import dev.rowan.core.Trajectory;
import dev.rowan.core.Verdict;
import dev.rowan.policy.PromptEncoder;
import dev.rowan.train.Rollout;
import dev.rowan.train.RolloutGroup;
import dev.rowan.train.StepAdvantage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Turns the roll-outs of a problem into what GRPO learns from under process supervision: a true line earns 1, the first
 * false one 0, and what follows it is cut off, because nothing can be said about it. So a problem that was never solved
 * teaches too, and a wrong chain's true beginning is not blamed.
 */
final class StepCredit {

  private final StepVerifier verifier;
  private final PromptEncoder encoder;

  StepCredit(StepVerifier verifier, PromptEncoder encoder) {
    this.verifier = verifier;
    this.encoder = encoder;
  }

  /** The group of one problem, without those roll-outs that nobody can judge. */
  RolloutGroup group(Problem problem, List<Pruning.Judged> all) {
    List<Pruning.Judged> rollouts = all.stream()
        .filter(rollout -> !(rollout.verdict() instanceof Verdict.Unverifiable))
        .toList();
    List<List<Step>> judged = new ArrayList<>();
    List<double[]> rewards = new ArrayList<>();
    for (Pruning.Judged rollout : rollouts) {
      List<Verdict> verdicts = verifier.verifySteps(problem, rollout.chain().steps()).stream()
          .filter(verdict -> !(verdict instanceof Verdict.Unverifiable))
          .toList();
      judged.add(rollout.chain().steps().subList(0, verdicts.size()));
      rewards.add(
          verdicts.stream().mapToDouble(verdict -> verdict.isCorrect() ? 1 : 0).toArray());
    }
    List<double[]> advantages = StepAdvantage.of(rewards);
    List<Rollout> result = new ArrayList<>();
    for (int i = 0; i < rollouts.size(); i++) {
      if (!judged.get(i).isEmpty()) {
        result.add(rollout(rollouts.get(i), judged.get(i), advantages.get(i)));
      }
    }
    return new RolloutGroup(encoder.encode(Prefix.of(problem)), result);
  }

  private static Rollout rollout(Pruning.Judged judged, List<Step> steps, double[] stepAdvantages) {
    Trajectory chain = judged.chain();
    List<Token> tokens =
        new Trajectory(chain.problemId(), steps, chain.finish(), chain.usage()).tokens();
    int[] ids = new int[tokens.size()];
    float[] logProbs = new float[ids.length];
    float[] advantages = new float[ids.length];
    int n = 0;
    for (int i = 0; i < steps.size(); i++) {
      int end = n + steps.get(i).tokens().size();
      Arrays.fill(advantages, n, end, (float) stepAdvantages[i]);
      n = end;
    }
    for (int i = 0; i < ids.length; i++) {
      ids[i] = tokens.get(i).id();
      logProbs[i] = (float) tokens.get(i).logProb();
    }
    return new Rollout(
        ids, logProbs, judged.verdict().isCorrect() ? 1 : 0, Optional.of(advantages));
  }
}
