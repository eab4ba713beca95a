package dev.rowan.search;

import dev.rowan.core.Budget;
import dev.rowan.core.Finish;
import dev.rowan.core.Policy;
import dev.rowan.core.Prefix;
import dev.rowan.core.Problem;
import dev.rowan.core.ProcessRewardModel;
import dev.rowan.core.Sampling;
import dev.rowan.core.SearchListener;
import dev.rowan.core.Seeds;
import dev.rowan.core.Solution;
import dev.rowan.core.Strategy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Beam search over lines under a process reward model (Snell et al. 2024): samples several next lines after every chain in
 * the beam and keeps the chains whose lines' scores have the highest product. Chains that ended compete by the same
 * product; the search is over when no open chain can overtake the best of them.
 */
public final class StepSearch implements Strategy {

  private final Policy policy;
  private final Sampling sampling;
  private final ProcessRewardModel prm;
  private final int beams;
  private final int candidates;

  private record Scored(Node node, double score) {}

  /**
   * One chain with 4 candidates a line is a good start.
   *
   * @param sampling how to sample a line; its limit of tokens is that of a whole chain
   * @param beams chains kept
   * @param candidates lines sampled after each of them; the first line gets {@code beams} times as many
   */
  public StepSearch(
      Policy policy, Sampling sampling, ProcessRewardModel prm, int beams, int candidates) {
    this.policy = policy;
    this.sampling = sampling;
    this.prm = prm;
    this.beams = Require.atLeastOne("beams", beams);
    this.candidates = Require.atLeastOne("candidates", candidates);
  }

  @Override
  public Solution solve(Problem problem, long seed, Budget budget, SearchListener listener)
      throws InterruptedException {
    SearchRun run = new SearchRun(policy, problem, seed, budget, listener);
    List<Scored> open = List.of(new Scored(Node.root(problem), 1));
    Optional<Scored> best = Optional.empty();
    for (int step = 0; !open.isEmpty() && !run.budgetSpent(); step++) {
      List<Scored> grown =
          grow(run, open, step == 0 ? beams * candidates : candidates, Seeds.derive(seed, step));
      if (grown.isEmpty()) {
        break;
      }
      for (Scored chain : grown) {
        if (!chain.node().isOpen()) {
          run.finished(chain.node().chain());
        }
        if (chain.node().finish() == Finish.LENGTH) {
          run.fallBackTo(chain.node().chain());
        } else if (!chain.node().isOpen()
            && best.stream().allMatch(other -> chain.score() > other.score())) {
          best = Optional.of(chain);
        }
      }
      open = keep(run, grown, best);
    }
    Finish why = run.budgetSpent() ? Finish.BUDGET : Finish.PRUNED;
    open.stream()
        .findFirst()
        .filter(chain -> chain.node().id() > 0)
        .ifPresent(chain -> run.fallBackTo(chain.node().chain(why)));
    return run.solution(best.map(chain -> chain.node().chain()), Map.of());
  }

  /** Every chain with each of its sampled next lines, scored. */
  private List<Scored> grow(SearchRun run, List<Scored> open, int each, long seed)
      throws InterruptedException {
    List<Node> lines = run.lines(open.stream().map(Scored::node).toList(), each, sampling, seed);
    return RollOuts.run(
        lines.size(),
        lines.size(),
        i -> scored(open, lines.get(i)),
        (i, chain) -> run.scored(chain.node().id(), "prm", chain.score()));
  }

  private Scored scored(List<Scored> open, Node line) throws InterruptedException {
    Scored parent = open.stream()
        .filter(chain -> chain.node().id() == line.parent())
        .findFirst()
        .orElseThrow();
    Prefix prefix = line.prefix();
    double score = parent.score();
    for (double step : prm.scoreSteps(
        prefix.problem(), prefix.steps(), parent.node().prefix().steps().size())) {
      score *= step;
    }
    return new Scored(line, score);
  }

  /** The best open chains, without those that an ended one has beaten already: scores only fall as a chain grows. */
  private List<Scored> keep(SearchRun run, List<Scored> grown, Optional<Scored> best) {
    List<Scored> kept = new ArrayList<>();
    List<Scored> bestFirst = grown.stream()
        .sorted(Comparator.comparingDouble(Scored::score).reversed())
        .toList();
    for (Scored chain : bestFirst) {
      boolean beaten = best.isPresent() && chain.score() <= best.get().score();
      if (!chain.node().isOpen()) {
        continue;
      }
      if (!beaten && kept.size() < beams) {
        kept.add(chain);
      } else {
        run.pruned(chain.node().id(), "outranked");
      }
    }
    return kept;
  }
}
