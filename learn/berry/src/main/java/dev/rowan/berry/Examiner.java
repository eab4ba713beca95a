package dev.rowan.berry;

import dev.rowan.core.Budget;
import dev.rowan.core.Policy;
import dev.rowan.core.Problem;
import dev.rowan.core.Sampling;
import dev.rowan.core.Strategy;
import dev.rowan.core.Verifier;
import dev.rowan.data.nano.Countdown;
import dev.rowan.data.nano.Family;
import dev.rowan.data.nano.Grove;
import dev.rowan.eval.Evaluation;
import dev.rowan.eval.Results;
import dev.rowan.search.AnswerExtractor;
import dev.rowan.search.SingleChain;
import dev.rowan.verify.ExtractedAnswer;
import dev.rowan.verify.FinalAnswers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Examines policies on the fixed held-out problems, which training never sees. */
final class Examiner {

  /** Seed of the held-out problems: the same ones in every run. */
  static final long HELD_OUT_SEED = 20_261_101;

  private static final int LEVEL_PROBLEMS = 100;
  private static final int LEVEL_SAMPLES = 4;

  private static final AnswerExtractor ANSWERS =
      answer -> FinalAnswers.extract(answer.text()).map(ExtractedAnswer::canonical);

  private final Verifier verifier;
  private final int maxTokens;

  Examiner(Verifier verifier, int maxTokens) {
    this.verifier = verifier;
    this.maxTokens = maxTokens;
  }

  /** Held-out problems of grove's hard level. */
  static List<Problem> hardProblems(int count) {
    return Grove.plain().heldOut(RoundProblems.HARD_GROVE, count, HELD_OUT_SEED);
  }

  /** Held-out problems of countdown's hard level. */
  static List<Problem> countdownProblems(int count) {
    return new Countdown().heldOut(RoundProblems.HARD_COUNTDOWN, count, HELD_OUT_SEED);
  }

  /** Samples at temperature 1. */
  Results sample(Policy policy, List<Problem> problems, int samples, long seed)
      throws InterruptedException {
    return examine(new SingleChain(policy, Sampling.of(maxTokens, 0)), problems, samples, seed);
  }

  /** The most likely chain of each problem. */
  Results greedy(Policy policy, List<Problem> problems) throws InterruptedException {
    return examine(new SingleChain(policy, Sampling.greedy(maxTokens)), problems, 1, 0);
  }

  /** Any strategy. */
  Results examine(Strategy strategy, List<Problem> problems, int samples, long seed)
      throws InterruptedException {
    Evaluation.Settings settings =
        new Evaluation.Settings(samples, RolloutSampler.USUAL_AT_ONCE, seed, Budget.Limits.NONE);
    return new Evaluation(strategy, verifier, ANSWERS, settings).run(problems, sample -> {});
  }

  /** The scores of a policy: {@code samples} at each hard problem, and the most likely chain; no levels. */
  HeldOutScores scores(Policy policy, List<Problem> hard, int samples, long seed)
      throws InterruptedException {
    long start = System.nanoTime();
    Results sampled = sample(policy, hard, samples, seed);
    return scores(sampled, greedy(policy, hard), new Levels(Map.of(), 0), start);
  }

  /**
   * The scores of a policy whose samples at the hard problems are there already, with every level; {@code start} is when
   * it began.
   */
  HeldOutScores scores(Policy policy, List<Problem> hard, Results sampled, long seed, long start)
      throws InterruptedException {
    Levels levels = levels(policy, Math.min(LEVEL_PROBLEMS, hard.size()), seed);
    return scores(sampled, greedy(policy, hard), levels, start);
  }

  private static HeldOutScores scores(Results sampled, Results greedy, Levels levels, long start) {
    return new HeldOutScores(
        new TreeMap<>(sampled.accuracyByProblem()),
        new TreeMap<>(greedy.accuracyByProblem()),
        levels.passAt1,
        (System.nanoTime() - start) / 1e9,
        sampled.usage().completionTokens() + greedy.usage().completionTokens() + levels.tokens);
  }

  private record Levels(Map<String, Double> passAt1, long tokens) {}

  private Levels levels(Policy policy, int problems, long seed) throws InterruptedException {
    Map<String, Double> passAt1 = new LinkedHashMap<>();
    long tokens = 0;
    for (Map.Entry<Family, List<Integer>> family : LEVELS.entrySet()) {
      for (int level : family.getValue()) {
        Results results = sample(
            policy, family.getKey().heldOut(level, problems, HELD_OUT_SEED), LEVEL_SAMPLES, seed);
        passAt1.put(family.getKey().name() + " " + level, results.accuracy());
        tokens += results.usage().completionTokens();
      }
    }
    return new Levels(passAt1, tokens);
  }

  private static final Map<Family, List<Integer>> LEVELS = levels();

  private static Map<Family, List<Integer>> levels() {
    Map<Family, List<Integer>> levels = new LinkedHashMap<>();
    levels.put(Grove.plain(), List.of(2, 4, 5, 6, 7, 8));
    levels.put(new Countdown(), List.of(3, 4));
    return levels;
  }
}
