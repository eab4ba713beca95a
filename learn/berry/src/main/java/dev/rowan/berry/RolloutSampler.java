package dev.rowan.berry;

import dev.rowan.core.Budget;
import dev.rowan.core.Completion;
import dev.rowan.core.Policy;
import dev.rowan.core.Prefix;
import dev.rowan.core.Problem;
import dev.rowan.core.Sampling;
import dev.rowan.core.Seeds;
import dev.rowan.core.TokenListener;
import dev.rowan.core.Trajectory;
import dev.rowan.search.RollOuts;
import java.util.List;

/**
 * Writes many chains at once, one virtual thread for each.
 *
 * @param policy who writes
 * @param sampling how; its seed is replaced
 * @param atOnce most chains in flight
 */
public record RolloutSampler(Policy policy, Sampling sampling, int atOnce) {

  /** Chains in flight that keep the lanes of a small machine full. */
  public static final int USUAL_AT_ONCE = 1024;

  /**
   * Writes {@code each} chains for every problem, problem by problem. A chain's seed is a function of {@code seed}, its
   * problem and its number, so it comes out the same whatever is written beside it.
   */
  public List<Trajectory> sample(List<Problem> problems, int each, long seed)
      throws InterruptedException {
    return RollOuts.run(
        Math.multiplyExact(problems.size(), each),
        atOnce,
        i -> one(problems.get(i / each), Seeds.derive(seed, i % each)),
        (i, chain) -> {});
  }

  private Trajectory one(Problem problem, long seed) throws InterruptedException {
    Prefix start = Prefix.of(problem);
    long own = Seeds.derive(seed, problem.id());
    Completion completion =
        policy.complete(start, sampling.withSeed(own), Budget.unlimited(), TokenListener.NONE);
    return Trajectory.of(start, completion);
  }
}
