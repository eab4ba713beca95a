package dev.rowan.search;

import dev.rowan.core.Budget;
import dev.rowan.core.Policy;
import dev.rowan.core.Problem;
import dev.rowan.core.Sampling;
import dev.rowan.core.SearchListener;
import dev.rowan.core.Solution;
import dev.rowan.core.Strategy;
import dev.rowan.core.Trajectory;
import java.util.Map;

/**
 * One chain of thought (Wei et al. 2022), and nothing more: the baseline of every other strategy.
 *
 * @param policy who writes
 * @param sampling how; temperature 0 is greedy decoding
 */
public record SingleChain(Policy policy, Sampling sampling) implements Strategy {

  @Override
  public Solution solve(Problem problem, long seed, Budget budget, SearchListener listener)
      throws InterruptedException {
    SearchRun run = new SearchRun(policy, problem, seed, budget, listener);
    var chain = run.chains(sampling, 0, 1, Trajectory::finish).stream().findFirst();
    return run.solution(chain.map(SearchRun.Judged::chain), Map.of());
  }
}
