package dev.rowan.search;

import dev.rowan.core.Budget;
import dev.rowan.core.Policy;
import dev.rowan.core.Problem;
import dev.rowan.core.Sampling;
import dev.rowan.core.SearchListener;
import dev.rowan.core.Solution;
import dev.rowan.core.Strategy;
import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import java.util.Map;
import java.util.Optional;

/**
 * Best of n by a verifier: samples chains until one is verified to be right, so that coverage becomes accuracy (Brown et
 * al. 2024, "Large Language Monkeys"). Without a right one, the first that could not be verified is returned, or else the
 * first.
 */
public final class FirstCorrect implements Strategy {

  private final Policy policy;
  private final Sampling sampling;
  private final int samples;
  private final int wave;
  private final Verifier verifier;

  /**
   * Samples at most {@code samples} chains.
   *
   * @param wave so many at once; all of a wave are paid for, even when its first is right
   */
  public FirstCorrect(Policy policy, Sampling sampling, int samples, int wave, Verifier verifier) {
    this.policy = policy;
    this.sampling = sampling;
    this.samples = Require.atLeastOne("samples", samples);
    this.wave = Require.atLeastOne("samples at once", wave);
    this.verifier = verifier;
  }

  @Override
  public Solution solve(Problem problem, long seed, Budget budget, SearchListener listener)
      throws InterruptedException {
    SearchRun run = new SearchRun(policy, problem, seed, budget, listener);
    Optional<SearchRun.Chain> right = Optional.empty();
    Optional<SearchRun.Chain> unsure = Optional.empty();
    Optional<SearchRun.Chain> any = Optional.empty();
    for (int asked = 0; asked < samples && right.isEmpty() && !run.budgetSpent(); asked += wave) {
      int count = Math.min(wave, samples - asked);
      for (var judged :
          run.chains(sampling, asked, count, chain -> verifier.verify(problem, chain.answer()))) {
        SearchRun.Chain chain = judged.chain();
        any = any.or(() -> Optional.of(chain));
        switch (judged.judgement()) {
          case Verdict.Correct correct -> {
            run.scored(chain.node(), "verifier", 1);
            right = right.or(() -> Optional.of(chain));
          }
          case Verdict.Incorrect wrong -> run.pruned(chain.node(), wrong.reason());
          case Verdict.Unverifiable unknown -> unsure = unsure.or(() -> Optional.of(chain));
        }
      }
    }
    Optional<SearchRun.Chain> second = unsure.isPresent() ? unsure : any;
    return run.solution(right.isPresent() ? right : second, Map.of());
  }
}
