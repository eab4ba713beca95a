package dev.rowan.search;

import dev.rowan.core.Budget;
import dev.rowan.core.Policy;
import dev.rowan.core.Problem;
import dev.rowan.core.Sampling;
import dev.rowan.core.SearchListener;
import dev.rowan.core.Seeds;
import dev.rowan.core.Solution;
import dev.rowan.core.Step;
import dev.rowan.core.Strategy;
import dev.rowan.core.Trajectory;
import dev.rowan.core.Usage;
import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Monte Carlo tree search over lines with a verifier as the reward (the estimates of Math-Shepherd, Wang et al. 2024, and
 * the tree of OmegaPRM, Luo et al. 2024). Goes down from the problem to the most promising line (UCB1), samples several
 * next lines there, and judges each by roll-outs to the end; every right chain on the way is a candidate. Meant for
 * problems that plain sampling does not solve; the scores {@code "rollouts"} of its nodes are labels for a process reward
 * model.
 */
public final class StepRollouts implements Strategy {

  /** What roll-outs say about the line that they start from. */
  public enum Estimation {
    /** The share of roll-outs that came out right. */
    SOFT,
    /** 1 if any roll-out came out right, else 0. */
    HARD;

    double of(int right, int judged) {
      return this == SOFT ? (double) right / Math.max(1, judged) : Math.min(1, right);
    }
  }

  /**
   * How far to search.
   *
   * @param candidates lines sampled at a node
   * @param rollOuts chains to the end after each of them
   * @param expansions nodes at which lines are sampled, at most
   * @param wanted stop when this many different right chains are found
   * @param estimation how roll-outs make a score
   */
  public record Settings(
      int candidates, int rollOuts, int expansions, int wanted, Estimation estimation) {

    /** Checks that every count is at least 1. */
    public Settings {
      Require.atLeastOne("candidates", candidates);
      Require.atLeastOne("roll-outs", rollOuts);
      Require.atLeastOne("expansions", expansions);
      Require.atLeastOne("right chains wanted", wanted);
    }
  }

  private final Policy policy;
  private final Sampling sampling;
  private final Verifier verifier;
  private final Settings settings;

  /** Samples lines and roll-outs as {@code sampling} says; its limit of tokens is that of a whole chain. */
  public StepRollouts(Policy policy, Sampling sampling, Verifier verifier, Settings settings) {
    this.policy = policy;
    this.sampling = sampling;
    this.verifier = verifier;
    this.settings = settings;
  }

  @Override
  public Solution solve(Problem problem, long seed, Budget budget, SearchListener listener)
      throws InterruptedException {
    Tree tree = new Tree(new SearchRun(policy, problem, seed, budget, listener));
    Branch root = new Branch(Node.root(problem), Optional.empty());
    for (int i = 0; i < settings.expansions && root.isOpen() && !tree.isDone(); i++) {
      tree.expand(root.mostPromising(settings.estimation), Seeds.derive(seed, i));
    }
    return tree.solution();
  }

  /** The search so far. */
  private final class Tree {

    private final SearchRun run;
    private final Map<String, SearchRun.Chain> right = new LinkedHashMap<>();
    private Optional<SearchRun.Chain> unsure = Optional.empty();
    private Optional<SearchRun.Chain> wrong = Optional.empty();

    Tree(SearchRun run) {
      this.run = run;
    }

    boolean isDone() {
      return right.size() >= settings.wanted || run.budgetSpent();
    }

    Solution solution() {
      unsure.ifPresent(run::fallBackTo);
      wrong.ifPresent(run::fallBackTo);
      return run.solution(right.values().stream().findFirst(), Map.of());
    }

    /** Samples lines after a branch and judges each of them. */
    void expand(Branch branch, long seed) throws InterruptedException {
      List<Node> lines = run.lines(
          List.of(branch.node), settings.candidates, sampling, Seeds.derive(seed, "lines"));
      List<Branch> grown =
          lines.stream().map(line -> new Branch(line, Optional.of(branch))).toList();
      branch.children = Optional.of(grown);
      List<Branch> ended = grown.stream().filter(line -> !line.node.isOpen()).toList();
      RollOuts.run(
          ended.size(),
          ended.size(),
          i -> verify(ended.get(i).node.chain().trajectory()),
          (i, verdict) -> count(ended.get(i), ended.get(i).node.chain().trajectory(), verdict));
      rollOut(
          grown.stream().filter(line -> line.node.isOpen()).toList(),
          Seeds.derive(seed, "roll-outs"));
      for (Branch line : grown) {
        if (line.judged > 0) {
          run.scored(line.node.id(), "rollouts", settings.estimation.of(line.right, line.judged));
        }
      }
    }

    private void rollOut(List<Branch> open, long seed) throws InterruptedException {
      List<SearchRun.Ask> asks = new ArrayList<>();
      for (Branch line : open) {
        for (int i = 0; i < settings.rollOuts; i++) {
          Sampling rest = run.rest(line.node, sampling).withSeed(Seeds.derive(seed, asks.size()));
          asks.add(new SearchRun.Ask(line.node.prefix(), rest));
        }
      }
      record Judged(Branch line, Trajectory chain, Verdict verdict) {}
      SearchRun.Then<Judged> judge = (i, completion) -> {
        Branch line = open.get(i / settings.rollOuts);
        Trajectory rest = Trajectory.of(line.node.prefix(), completion);
        Usage cost = line.node.usage().plus(rest.usage());
        Trajectory chain = new Trajectory(rest.problemId(), rest.steps(), rest.finish(), cost);
        return new Judged(line, chain, verify(chain));
      };
      run.complete(asks, judge, judged -> count(judged.line, judged.chain, judged.verdict));
    }

    private Verdict verify(Trajectory chain) {
      return switch (chain.finish()) {
        case BUDGET -> new Verdict.Unverifiable("the budget was spent");
        case PRUNED -> new Verdict.Incorrect("the policy gave the chain up");
        case LENGTH -> new Verdict.Incorrect("cut at the limit of tokens");
        case END, STOP -> verifier.verify(run.problem(), chain.answer());
      };
    }

    /** Books a verdict on a line and on all before it. What cannot be verified counts neither way. */
    private void count(Branch line, Trajectory trajectory, Verdict verdict) {
      switch (verdict) {
        case Verdict.Correct correct -> {
          line.book(1);
          if (!right.containsKey(trajectory.text())) {
            List<Step> rest = trajectory
                .steps()
                .subList(line.node.prefix().steps().size(), trajectory.steps().size());
            SearchRun.Chain chain = new SearchRun.Chain(run.path(line.node.id(), rest), trajectory);
            right.put(trajectory.text(), chain);
            run.finished(chain);
          }
        }
        case Verdict.Incorrect incorrect -> {
          line.book(0);
          wrong = wrong.or(() -> Optional.of(new SearchRun.Chain(line.node.id(), trajectory)));
        }
        case Verdict.Unverifiable unknown ->
          unsure = unsure.or(() -> Optional.of(new SearchRun.Chain(line.node.id(), trajectory)));
      }
    }
  }

  /** A line in the tree and what the roll-outs through it came to. */
  private static final class Branch {

    /** How much a line that was tried less is preferred to one that came out better. */
    private static final double EXPLORATION = 0.25;

    private final Node node;
    private final Optional<Branch> parent;
    private Optional<List<Branch>> children = Optional.empty();
    private int right;
    private int judged;

    Branch(Node node, Optional<Branch> parent) {
      this.node = node;
      this.parent = parent;
    }

    void book(int correct) {
      right += correct;
      judged++;
      parent.ifPresent(above -> above.book(correct));
    }

    /** Whether this line, or one below, can be expanded. */
    boolean isOpen() {
      return children.isPresent()
          ? children.get().stream().anyMatch(Branch::isOpen)
          : node.isOpen();
    }

    /** The line to expand next, at or below this one, which is open. */
    Branch mostPromising(Estimation estimation) {
      if (children.isEmpty()) {
        return this;
      }
      Branch best = this;
      double highest = Double.NEGATIVE_INFINITY;
      for (Branch child : children.get()) {
        double bonus =
            EXPLORATION * Math.sqrt(Math.log(Math.max(1, judged)) / Math.max(1, child.judged));
        double promise = estimation.of(child.right, child.judged) + bonus;
        if (child.isOpen() && promise > highest) {
          highest = promise;
          best = child;
        }
      }
      return best.mostPromising(estimation);
    }
  }
}
