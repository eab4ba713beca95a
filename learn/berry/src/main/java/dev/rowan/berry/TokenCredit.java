package dev.rowan.berry;

import dev.rowan.core.Prefix;
import dev.rowan.core.Problem;
import dev.rowan.core.Token;
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
 * false one 0, and what follows its first false token is cut off, because nothing can be said about it. That token alone is
 * blamed for its line; blame on the true ones before it, mostly copied from the prompt, unlearns copying. So a problem that
 * was never solved teaches too, and nothing true is blamed.
 */
final class TokenCredit {

  private final TokenLabels labels;
  private final PromptEncoder encoder;

  TokenCredit(TokenLabels labels, PromptEncoder encoder) {
    this.labels = labels;
    this.encoder = encoder;
  }

  /** The group of one problem, without those roll-outs that nobody can judge. */
  RolloutGroup group(Problem problem, List<Pruning.Judged> all) {
    List<Pruning.Judged> rollouts = all.stream()
        .filter(rollout -> !(rollout.verdict() instanceof Verdict.Unverifiable))
        .toList();
    List<List<float[]>> lines = rollouts.stream()
        .map(rollout -> labels.lines(problem, rollout.chain().steps()))
        .toList();
    List<double[]> advantages =
        StepAdvantage.of(lines.stream().map(TokenCredit::rewards).toList());
    List<Rollout> result = new ArrayList<>();
    for (int i = 0; i < rollouts.size(); i++) {
      if (!lines.get(i).isEmpty()) {
        result.add(rollout(rollouts.get(i), lines.get(i), advantages.get(i)));
      }
    }
    return new RolloutGroup(encoder.encode(Prefix.of(problem)), result);
  }

  private static double[] rewards(List<float[]> lines) {
    return lines.stream().mapToDouble(line -> line[line.length - 1]).toArray();
  }

  private static Rollout rollout(
      Pruning.Judged judged, List<float[]> lines, double[] lineAdvantages) {
    int length = lines.stream().mapToInt(line -> line.length).sum();
    List<Token> tokens = judged.chain().tokens().subList(0, length);
    float[] advantages = new float[length];
    int end = 0;
    for (int i = 0; i < lines.size(); i++) {
      float[] line = lines.get(i);
      int start = end;
      end += line.length;
      boolean isTrue = line[line.length - 1] == 1;
      Arrays.fill(advantages, isTrue ? start : end - 1, end, (float) lineAdvantages[i]);
    }
    int[] ids = tokens.stream().mapToInt(Token::id).toArray();
    float[] logProbs = new float[length];
    for (int i = 0; i < length; i++) {
      logProbs[i] = (float) tokens.get(i).logProb();
    }
    return new Rollout(
        ids, logProbs, judged.verdict().isCorrect() ? 1 : 0, Optional.of(advantages));
  }
}
