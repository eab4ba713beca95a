package dev.rowan.search;

import dev.rowan.core.Budget;
import dev.rowan.core.Finish;
import dev.rowan.core.Policy;
import dev.rowan.core.Problem;
import dev.rowan.core.ProcessRewardModel;
import dev.rowan.core.Sampling;
import dev.rowan.core.SearchListener;
import dev.rowan.core.Seeds;
import dev.rowan.core.Solution;
import dev.rowan.core.Strategy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * "Wait, go back", with a process reward model as the judge of when: a line that it scores under the threshold is taken
 * back and sampled again. After so many tries the best of the tried lines stays.
 */
public final class GoBack implements Strategy {

  private final Policy policy;
  private final Sampling sampling;
  private final ProcessRewardModel prm;
  private final double threshold;
  private final int tries;

  private record Tried(Node node, double score) {}

  /**
   * A threshold of 0.8 with 4 tries is a good start.
   *
   * @param sampling how to sample a line; its limit of tokens is that of a whole chain, not counting what is taken back
   * @param threshold a line scored at least this, in [0, 1], stays
   * @param tries how often a line is sampled at most
   */
  public GoBack(
      Policy policy, Sampling sampling, ProcessRewardModel prm, double threshold, int tries) {
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException("the threshold is " + threshold + ": choose 0 to 1");
    }
    this.policy = policy;
    this.sampling = sampling;
    this.prm = prm;
    this.threshold = threshold;
    this.tries = Require.atLeastOne("tries", tries);
  }

  @Override
  public Solution solve(Problem problem, long seed, Budget budget, SearchListener listener)
      throws InterruptedException {
    SearchRun run = new SearchRun(policy, problem, seed, budget, listener);
    Node chain = Node.root(problem);
    for (int step = 0; chain.isOpen(); step++) {
      Optional<Node> longer = nextLine(run, chain, Seeds.derive(seed, step));
      if (longer.isEmpty()) {
        break;
      }
      chain = longer.get();
    }
    if (chain.isOpen()) {
      if (chain.id() > 0) {
        run.fallBackTo(chain.chain(run.budgetSpent() ? Finish.BUDGET : Finish.PRUNED));
      }
      return run.solution(Optional.empty(), Map.of());
    }
    run.finished(chain.chain());
    return run.solution(Optional.of(chain.chain()), Map.of());
  }

  /** The chain with its next line; empty if the budget, or the policy itself, left none. */
  private Optional<Node> nextLine(SearchRun run, Node chain, long seed)
      throws InterruptedException {
    Map<Integer, Tried> tried = new LinkedHashMap<>();
    Optional<Tried> best = Optional.empty();
    for (int i = 0; i < tries && !run.budgetSpent(); i++) {
      for (Node line : run.lines(List.of(chain), 1, sampling, Seeds.derive(seed, i))) {
        if (tried.containsKey(line.id())) {
          continue;
        }
        Tried attempt = new Tried(line, score(chain, line));
        run.scored(line.id(), "prm", attempt.score());
        tried.put(line.id(), attempt);
        if (best.isEmpty() || attempt.score() > best.get().score()) {
          best = Optional.of(attempt);
        }
      }
      if (best.isPresent() && best.get().score() >= threshold) {
        break;
      }
    }
    best.ifPresent(stays -> tried.remove(stays.node().id()));
    tried.values().forEach(line -> run.pruned(line.node().id(), "taken back"));
    return best.map(Tried::node);
  }

  private double score(Node chain, Node line) throws InterruptedException {
    int known = chain.prefix().steps().size();
    return prm.scoreSteps(line.prefix().problem(), line.prefix().steps(), known).stream()
        .reduce(1.0, (a, b) -> a * b);
  }
}
