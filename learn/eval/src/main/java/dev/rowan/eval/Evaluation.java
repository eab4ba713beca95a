package dev.rowan.eval;

import dev.rowan.core.Budget;
import dev.rowan.core.PolicyException;
import dev.rowan.core.Problem;
import dev.rowan.core.SearchListener;
import dev.rowan.core.Seeds;
import dev.rowan.core.Solution;
import dev.rowan.core.Strategy;
import dev.rowan.core.Trajectory;
import dev.rowan.core.Usage;
import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import dev.rowan.search.AnswerExtractor;
import dev.rowan.search.RollOuts;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs a strategy on problems, several times each, and verifies what comes out. A policy is evaluated as the strategy
 * {@link dev.rowan.search.SingleChain}. Sample i of a problem has a seed derived from the problem's id and i, so it comes
 * out the same whatever else is evaluated.
 */
public final class Evaluation {

  /**
   * How to evaluate.
   *
   * @param samples attempts at each problem
   * @param atOnce attempts in flight at a time
   * @param seed the evaluation is a function of it
   * @param limits what an attempt may spend
   */
  public record Settings(int samples, int atOnce, long seed, Budget.Limits limits) {

    /** Checks that the counts are at least 1. */
    public Settings {
      if (samples < 1 || atOnce < 1) {
        throw new IllegalArgumentException("cannot take " + samples + " samples, " + atOnce
            + " at once: choose 1 or more of each");
      }
    }

    /** Without limits, 256 at once. */
    public static Settings of(int samples, long seed) {
      return new Settings(samples, 256, seed, Budget.Limits.NONE);
    }
  }

  private final Strategy strategy;
  private final Verifier verifier;
  private final AnswerExtractor extractor;
  private final Settings settings;

  /** Evaluates {@code strategy}; the extractor finds the answers that majorities are made of. */
  public Evaluation(
      Strategy strategy, Verifier verifier, AnswerExtractor extractor, Settings settings) {
    this.strategy = strategy;
    this.verifier = verifier;
    this.extractor = extractor;
    this.settings = settings;
  }

  /**
   * Evaluates.
   *
   * @param problems each with an id of its own
   * @param heard hears each sample as soon as it and all before it are there, problem by problem, on this thread
   * @throws PolicyException if the policy cannot answer at all: nobody is there, the key is refused, every sample fails.
   *     A sample that fails beside others that do not is unverifiable
   * @throws InterruptedException if the calling thread was interrupted; every attempt was given up
   */
  public Results run(List<Problem> problems, Consumer<Sample> heard) throws InterruptedException {
    List<Sample> samples = RollOuts.run(
        Math.multiplyExact(problems.size(), settings.samples),
        settings.atOnce,
        i -> attempt(problems.get(i / settings.samples), i % settings.samples),
        (i, sample) -> heard.accept(sample));
    Optional<PolicyException> failure =
        samples.stream().flatMap(sample -> sample.failure().stream()).findFirst();
    if (failure.isPresent()
        && samples.stream().allMatch(sample -> sample.failure().isPresent())) {
      throw failure.get();
    }
    return new Results(samples);
  }

  private Sample attempt(Problem problem, int number) throws InterruptedException {
    long seed = Seeds.derive(Seeds.derive(settings.seed, problem.id()), number);
    Budget budget = new Budget(settings.limits);
    Solution solution;
    try {
      solution = strategy.solve(problem, seed, budget, SearchListener.NONE);
    } catch (PolicyException e) {
      if (!mayConcernOneSampleOnly(e)) {
        throw e;
      }
      return failed(problem, number, seed, budget.spent(), e);
    }
    Optional<Trajectory> chain = solution.best();
    Verdict verdict = chain
        .map(best -> verifier.verify(problem, best.answer()))
        .orElseGet(() -> new Verdict.Incorrect("no chain within the budget"));
    Optional<String> extracted = chain.flatMap(best -> extractor.extract(best.answer()));
    return new Sample(
        problem, number, seed, chain, verdict, extracted, solution.usage(), Optional.empty());
  }

  private static Sample failed(
      Problem problem, int number, long seed, Usage spent, PolicyException failure) {
    Verdict verdict =
        new Verdict.Unverifiable("the policy could not answer: " + failure.getMessage());
    return new Sample(
        problem,
        number,
        seed,
        Optional.empty(),
        verdict,
        Optional.empty(),
        spent,
        Optional.of(failure));
  }

  private static boolean mayConcernOneSampleOnly(PolicyException failure) {
    return switch (failure.reason()) {
      case PROMPT_TOO_LONG, REFUSED, UNAVAILABLE -> true;
      case UNREACHABLE, UNAUTHORIZED, OTHER -> false;
    };
  }
}
