package dev.rowan.search;

import dev.rowan.core.Budget;
import dev.rowan.core.Finish;
import dev.rowan.core.Policy;
import dev.rowan.core.Problem;
import dev.rowan.core.RewardModel;
import dev.rowan.core.Sampling;
import dev.rowan.core.SearchListener;
import dev.rowan.core.Solution;
import dev.rowan.core.Strategy;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * Samples chains and keeps the one that a reward model likes best (Stiennon et al. 2020; Cobbe et al. 2021). A chain that
 * ran into the limit of tokens loses to every chain that came to its end; among equals the first wins.
 */
public final class BestOfN implements Strategy {

  private static final Comparator<SearchRun.Judged<Double>> PREFERENCE =
      Comparator.<SearchRun.Judged<Double>, Boolean>comparing(
              chain -> chain.chain().trajectory().finish() != Finish.LENGTH)
          .thenComparing(SearchRun.Judged::judgement);

  private final Policy policy;
  private final Sampling sampling;
  private final int samples;
  private final RewardModel reward;

  /** Samples {@code samples} chains, all at once. */
  public BestOfN(Policy policy, Sampling sampling, int samples, RewardModel reward) {
    this.policy = policy;
    this.sampling = sampling;
    this.samples = Require.atLeastOne("samples", samples);
    this.reward = reward;
  }

  @Override
  public Solution solve(Problem problem, long seed, Budget budget, SearchListener listener)
      throws InterruptedException {
    SearchRun run = new SearchRun(policy, problem, seed, budget, listener);
    Optional<SearchRun.Judged<Double>> best = Optional.empty();
    for (var chain : run.chains(
        sampling, 0, samples, chain -> comparable(reward.score(problem, chain).value()))) {
      run.scored(chain.chain().node(), "reward", chain.judgement());
      if (best.isEmpty() || PREFERENCE.compare(chain, best.get()) > 0) {
        best = Optional.of(chain);
      }
    }
    return run.solution(best.map(SearchRun.Judged::chain), Map.of());
  }

  /** A reward model that has no opinion must not win: to Java, NaN is the greatest number. */
  private static double comparable(double score) {
    return Double.isNaN(score) ? Double.NEGATIVE_INFINITY : score;
  }
}
