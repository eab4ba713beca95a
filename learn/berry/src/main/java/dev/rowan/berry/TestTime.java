package dev.rowan.berry;

import dev.rowan.berry.report.Curves;
import dev.rowan.berry.report.Point;
import dev.rowan.core.Policy;
import dev.rowan.core.Problem;
import dev.rowan.core.ProcessRewardModel;
import dev.rowan.core.RewardModel;
import dev.rowan.core.Sampling;
import dev.rowan.core.StepVerifier;
import dev.rowan.core.Strategy;
import dev.rowan.core.Trajectory;
import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import dev.rowan.eval.AtK;
import dev.rowan.eval.BestOfKByScore;
import dev.rowan.eval.Bootstrap;
import dev.rowan.eval.Curve;
import dev.rowan.eval.Graded;
import dev.rowan.eval.PassAtK;
import dev.rowan.eval.Results;
import dev.rowan.eval.SolvedWithin;
import dev.rowan.eval.WeightedVoteAtK;
import dev.rowan.search.GoBack;
import dev.rowan.search.MeanLogProb;
import dev.rowan.search.ProductOfSteps;
import dev.rowan.search.StepRollouts;
import dev.rowan.search.StepSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What compute at inference time buys from a policy: every strategy on the held-out problems, by its cost in tokens. */
final class TestTime {

  private record Retreat(double threshold, int tries) {}

  private static final List<Integer> CANDIDATES = List.of(2, 4, 8);
  private static final List<Retreat> RETREATS =
      List.of(new Retreat(0.5, 4), new Retreat(0.8, 4), new Retreat(0.9, 8));
  private static final List<Integer> BUDGETS = List.of(60, 120, 240, 480, 960);
  private static final List<Integer> EXPANSIONS = List.of(2, 4, 8);
  private static final int RESAMPLES = 200;

  /** How often {@link #measure} tells its progress: two scorings, the countdown samples, and every search. */
  static final int STAGES = 3 + CANDIDATES.size() + RETREATS.size() + EXPANSIONS.size();

  private final Policy policy;
  private final ProcessRewardModel prm;
  private final Verifier verifier;
  private final StepVerifier steps;
  private final Examiner examiner;
  private final Sampling sampling;
  private final Bootstrap bootstrap;
  private final long seed;
  private long tokens;

  TestTime(
      Policy policy,
      ProcessRewardModel prm,
      Verifier verifier,
      StepVerifier steps,
      Examiner examiner,
      Sampling sampling,
      long seed) {
    this.policy = policy;
    this.prm = prm;
    this.verifier = verifier;
    this.steps = steps;
    this.examiner = examiner;
    this.sampling = sampling;
    this.bootstrap = Bootstrap.of(seed);
    this.seed = seed;
  }

  /**
   * All curves.
   *
   * @param sampled samples of grove's hard problems at temperature 1
   * @param hard the same problems
   * @param countdown countdown's hard problems
   * @param samples samples of each of these
   */
  Curves measure(
      Results sampled, List<Problem> hard, List<Problem> countdown, int samples, Progress progress)
      throws InterruptedException {
    List<Integer> ks = Curve.doublingsUpTo(samples);
    List<List<Graded>> byLogProb = scored(sampled, MeanLogProb.LOG);
    progress.advance(1, "scored by log-probability");
    List<List<Graded>> byProduct = scored(sampled, new ProductOfSteps(prm));
    progress.advance(1, "scored by the process reward model");
    List<Point.ByCandidates> stepSearch = stepSearch(hard, progress);
    List<Point.GoingBack> goBack = goBack(hard, progress);
    Results counted = examiner.sample(policy, countdown, samples, seed);
    tokens += counted.usage().completionTokens();
    progress.advance(1, "countdown sampled");
    return new Curves(
        points(sampled.coverage(ks, bootstrap)),
        points(sampled.majority(ks, bootstrap)),
        curve("mean log-probability", byLogProb, ks, BestOfKByScore::expected),
        curve("best of n", byProduct, ks, BestOfKByScore::expected),
        curve("weighted vote", byProduct, ks, new WeightedVoteAtK(seed, RESAMPLES)),
        stepSearch,
        goBack,
        curve("verifier's best of n", counted.graded(), ks, PassAtK::expected),
        earlyStop(counted),
        treeSearch(countdown.subList(0, Math.min(100, countdown.size())), progress));
  }

  /** Tokens that the searches and the countdown samples took. */
  long tokens() {
    return tokens;
  }

  private List<List<Graded>> scored(Results results, RewardModel reward)
      throws InterruptedException {
    return results.graded(results.scores(reward, RolloutSampler.USUAL_AT_ONCE));
  }

  private List<Point.BySamples> curve(
      String name, List<List<Graded>> problems, List<Integer> ks, AtK estimator) {
    return points(Curve.of(name, problems, ks, estimator, bootstrap));
  }

  private static List<Point.BySamples> points(Curve curve) {
    return curve.points().stream()
        .map(point -> new Point.BySamples(
            point.samples(), point.tokens(), point.value(), point.low(), point.high()))
        .toList();
  }

  private List<Point.ByCandidates> stepSearch(List<Problem> hard, Progress progress)
      throws InterruptedException {
    List<Point.ByCandidates> points = new ArrayList<>();
    for (int candidates : CANDIDATES) {
      Results results = run(new StepSearch(policy, sampling, prm, 1, candidates), hard);
      dev.rowan.eval.Point m = measured(results);
      points.add(new Point.ByCandidates(candidates, m.tokens(), m.value(), m.low(), m.high()));
      progress.advance(1, "step search with " + candidates + " candidates");
    }
    return points;
  }

  private List<Point.GoingBack> goBack(List<Problem> hard, Progress progress)
      throws InterruptedException {
    List<Point.GoingBack> points = new ArrayList<>();
    for (Retreat retreat : RETREATS) {
      Results results =
          run(new GoBack(policy, sampling, prm, retreat.threshold, retreat.tries), hard);
      dev.rowan.eval.Point m = measured(results);
      points.add(new Point.GoingBack(
          retreat.threshold, retreat.tries, m.tokens(), m.value(), m.low(), m.high()));
      progress.advance(1, "going back below " + retreat.threshold);
    }
    return points;
  }

  private List<Point.BySamples> treeSearch(List<Problem> countdown, Progress progress)
      throws InterruptedException {
    List<Point.BySamples> points = new ArrayList<>();
    for (int expansions : EXPANSIONS) {
      Results results = run(
          new StepRollouts(
              policy,
              sampling,
              verifier,
              new StepRollouts.Settings(4, 2, expansions, 1, StepRollouts.Estimation.SOFT)),
          countdown);
      dev.rowan.eval.Point m = measured(results);
      points.add(new Point.BySamples(expansions, m.tokens(), m.value(), m.low(), m.high()));
      progress.advance(1, "tree search with " + expansions + " expansions");
    }
    return points;
  }

  private Results run(Strategy strategy, List<Problem> problems) throws InterruptedException {
    Results results = examiner.examine(strategy, problems, 1, seed);
    tokens += results.usage().completionTokens();
    return results;
  }

  private dev.rowan.eval.Point measured(Results results) {
    double tokens =
        (double) results.usage().completionTokens() / results.samples().size();
    return rate(results.graded(), tokens, samples -> PassAtK.expected(samples, 1));
  }

  private dev.rowan.eval.Point rate(
      List<List<Graded>> problems, double tokens, ToDoubleFunction<List<Graded>> estimator) {
    double[] values = problems.stream().mapToDouble(estimator).toArray();
    return dev.rowan.eval.Point.of(1, tokens, values, bootstrap);
  }

  /** Chains one after the other until one is right, whole or stopped at their first illegal line, at equal tokens. */
  private List<Point.EarlyStop> earlyStop(Results sampled) {
    List<List<Graded>> whole = sampled.graded();
    List<List<Graded>> stopped = stopped(sampled);
    SolvedWithin within = new SolvedWithin(seed, RESAMPLES);
    List<Point.EarlyStop> points = new ArrayList<>();
    for (int budget : BUDGETS) {
      dev.rowan.eval.Point with =
          rate(stopped, budget, samples -> within.expected(samples, budget));
      dev.rowan.eval.Point without =
          rate(whole, budget, samples -> within.expected(samples, budget));
      points.add(new Point.EarlyStop(
          budget,
          with.value(),
          with.low(),
          with.high(),
          new Point.Rate(without.value(), without.low(), without.high())));
    }
    return points;
  }

  private List<List<Graded>> stopped(Results sampled) {
    List<List<Graded>> stopped = new ArrayList<>();
    String problem = "";
    for (var sample : sampled.samples()) {
      if (!sample.problem().id().equals(problem)) {
        problem = sample.problem().id();
        stopped.add(new ArrayList<>());
      }
      long tokens = sample
          .chain()
          .map(chain -> tokensToFirstFalse(sample.problem(), chain))
          .orElse(0L);
      stopped
          .getLast()
          .add(new Graded(sample.verdict().isCorrect(), sample.extracted(), 0, tokens));
    }
    return stopped;
  }

  private long tokensToFirstFalse(Problem problem, Trajectory chain) {
    List<Verdict> verdicts = steps.verifySteps(problem, chain.steps());
    return chain.steps().subList(0, verdicts.size()).stream()
        .mapToLong(step -> step.tokens().size())
        .sum();
  }
}
