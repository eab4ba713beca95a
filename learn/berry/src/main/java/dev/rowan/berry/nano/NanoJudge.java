package dev.rowan.berry.nano;

import dev.rowan.berry.JudgeLesson;
import dev.rowan.berry.Progress;
import dev.rowan.berry.RoundProblems;
import dev.rowan.berry.TokenLabels;
import dev.rowan.core.Policy;
import dev.rowan.core.Problem;
import dev.rowan.core.Sampling;
import dev.rowan.core.Seeds;
import dev.rowan.data.nano.Countdown;
import dev.rowan.data.nano.Family;
import dev.rowan.data.nano.Grove;
import dev.rowan.data.nano.Split;
import dev.rowan.model.LlamaWeights;
import dev.rowan.model.TokenHead;
import dev.rowan.policy.PromptEncoder;
import dev.rowan.tensor.DType;
import dev.rowan.train.LabelledSequence;
import dev.rowan.verify.nano.NanoVerifier;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains the process reward model: a copy of the policy under a token head, on the policy's own roll-outs with the exact
 * step labels of the verifier on every token up to the first false one.
 */
final class NanoJudge {

  /** A trained judge; the caller closes both parts. */
  record Judge(LlamaWeights weights, TokenHead head) {}

  /** Problems that are sampled before progress is told. */
  private static final int PORTION = 500;

  private final NanoRecipe recipe;

  NanoJudge(NanoRecipe recipe) {
    this.recipe = recipe;
  }

  Judge train(
      LlamaWeights policyWeights,
      Policy policy,
      PromptEncoder encoder,
      long seed,
      Progress progress)
      throws InterruptedException {
    List<LabelledSequence> data = labelled(policy, encoder, seed, progress);
    LlamaWeights weights = policyWeights.copy(DType.FLOAT32);
    TokenHead head = TokenHead.initial(weights);
    JudgeLesson.teach(
        weights,
        head,
        recipe.judgeStep(),
        data,
        recipe.judgePasses(),
        Seeds.derive(seed, "order"),
        progress);
    return new Judge(weights, head);
  }

  private List<LabelledSequence> labelled(
      Policy policy, PromptEncoder encoder, long seed, Progress progress)
      throws InterruptedException {
    progress.stage("roll-outs for the process reward model", recipe.judgeProblems());
    TokenLabels labels =
        new TokenLabels(new NanoVerifier(), encoder, recipe.model().eosId());
    Sampling sampling = Sampling.of(recipe.maxTokens(), 0);
    List<LabelledSequence> data = new ArrayList<>();
    int portion;
    for (int start = 0; start < recipe.judgeProblems(); start += portion) {
      portion = Math.min(PORTION, recipe.judgeProblems() - start);
      List<Problem> problems = problems(start, portion, seed);
      data.addAll(labels.sample(
          problems, policy, sampling, recipe.judgeRollouts(), Seeds.derive(seed, start)));
      progress.advance(portion, data.size() + " chains");
    }
    return data;
  }

  /** Mostly the hard level of grove, where there is most to judge. */
  private static List<Problem> problems(int from, int count, long seed) {
    List<Problem> problems = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      Family family = i % 5 == 4 ? new Countdown() : Grove.plain();
      int level = i % 5 == 4
          ? RoundProblems.HARD_COUNTDOWN + i / 5 % 2
          : RoundProblems.HARD_GROVE - 1 + i % 2;
      problems.add(family.example(level, Split.TRAIN, seed, i).problem());
    }
    return problems;
  }
}
