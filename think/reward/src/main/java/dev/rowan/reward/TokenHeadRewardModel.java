package dev.rowan.reward;

import dev.rowan.core.Prefix;
import dev.rowan.core.Problem;
import dev.rowan.core.ProcessRewardModel;
import dev.rowan.core.Step;
import dev.rowan.engine.Engine;
import dev.rowan.engine.HiddenStates;
import dev.rowan.model.TokenHead;
import dev.rowan.policy.PromptEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A process reward model with a {@link TokenHead}: the score of a step is the product over its tokens of the probability
 * that a true line can still go on so. Engine, head and encoder belong to the caller.
 */
public final class TokenHeadRewardModel implements ProcessRewardModel {

  private final Engine engine;
  private final TokenHead.Scorer scorer;
  private final PromptEncoder encoder;

  /** A reward model whose language model is the engine's; {@code encoder} is that model's. */
  public TokenHeadRewardModel(Engine engine, TokenHead head, PromptEncoder encoder) {
    this.engine = engine;
    this.scorer = head.scorer();
    this.encoder = encoder;
  }

  @Override
  public List<Double> scoreSteps(Problem problem, List<Step> steps, int from)
      throws InterruptedException {
    int[] known = encoder.encode(new Prefix(problem, steps.subList(0, from)));
    int[] lengths = new int[steps.size() - from];
    int[] tokens = known;
    for (int i = 0; i < lengths.length; i++) {
      int[] step = encoder.encode(steps.get(from + i));
      lengths[i] = step.length;
      tokens = Arrays.copyOf(tokens, tokens.length + step.length);
      System.arraycopy(step, 0, tokens, tokens.length - step.length, step.length);
    }
    if (tokens.length == known.length) {
      return steps.subList(from, steps.size()).stream().map(step -> 1.0).toList();
    }
    return products(engine.read(tokens, known.length - 1), tokens, known.length, lengths);
  }

  private List<Double> products(HiddenStates states, int[] tokens, int start, int[] lengths) {
    List<Double> scores = new ArrayList<>();
    int row = 0;
    for (int length : lengths) {
      double logProduct = 0;
      for (int i = 0; i < length; i++, row++) {
        double z =
            scorer.score(states.hidden(), row, tokens[start + row], states.logProbs()[row]);
        logProduct += Math.min(0, z) - Math.log1p(Math.exp(-Math.abs(z)));
      }
      scores.add(Math.exp(logProduct));
    }
    return scores;
  }
}
