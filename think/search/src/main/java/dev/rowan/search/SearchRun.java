package dev.rowan.search;

import dev.rowan.core.Budget;
import dev.rowan.core.BudgetSpentException;
import dev.rowan.core.Completion;
import dev.rowan.core.Finish;
import dev.rowan.core.Policy;
import dev.rowan.core.PolicyException;
import dev.rowan.core.Prefix;
import dev.rowan.core.Problem;
import dev.rowan.core.Sampling;
import dev.rowan.core.SearchListener;
import dev.rowan.core.SearchListener.Event;
import dev.rowan.core.Seeds;
import dev.rowan.core.Solution;
import dev.rowan.core.Step;
import dev.rowan.core.TokenListener;
import dev.rowan.core.Trajectory;
import dev.rowan.core.Usage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The state of one search: what it spent, the tree it grew, the chains it finished. Belongs to the thread that solves;
 * only the policy calls and judgements run on other threads.
 */
final class SearchRun {

  /** A policy call to make. */
  record Ask(Prefix prefix, Sampling sampling) {}

  /** A whole chain and the number of its last node. */
  record Chain(int node, Trajectory trajectory) {}

  /** A finished chain with what was thought of it. */
  record Judged<J>(Chain chain, J judgement) {}

  /** Judges a finished chain, on its roll-out's thread. */
  @FunctionalInterface
  interface Judge<J> {
    J judge(Trajectory trajectory) throws InterruptedException;
  }

  /** Works on a completion, on its roll-out's thread. */
  @FunctionalInterface
  interface Then<T> {
    T apply(int index, Completion completion) throws InterruptedException;
  }

  private record Done<T>(Completion completion, T result) {}

  private record Edge(int parent, String text) {}

  private final Policy policy;
  private final Problem problem;
  private final long seed;
  private final Budget budget;
  private final SearchListener listener;
  private final Map<Edge, Integer> nodes = new HashMap<>();
  private final List<Trajectory> candidates = new ArrayList<>();
  private Optional<Chain> fallback = Optional.empty();
  private Optional<Chain> unfinished = Optional.empty();
  private Usage usage = Usage.ZERO;
  private boolean budgetSpent;

  SearchRun(Policy policy, Problem problem, long seed, Budget budget, SearchListener listener) {
    this.policy = policy;
    this.problem = problem;
    this.seed = seed;
    this.budget = budget;
    this.listener = listener;
  }

  boolean budgetSpent() {
    return budgetSpent;
  }

  Problem problem() {
    return problem;
  }

  /**
   * Makes the calls concurrently, in groups that the budget surely pays for in full; so which call gets the last tokens
   * does not depend on timing. Results are heard on this thread, in order, as soon as they are there; those of calls
   * that the budget did not reach are missing.
   */
  <T> void complete(List<Ask> asks, Then<T> then, Consumer<T> heard) throws InterruptedException {
    for (int first = 0, group; first < asks.size() && !budgetSpent; first += group) {
      group = affordable(asks.subList(first, asks.size()));
      int offset = first;
      RollOuts.run(
          group,
          group,
          i -> attempt(asks.get(offset + i), offset + i, then),
          (i, done) -> settle(done, heard));
    }
  }

  private int affordable(List<Ask> asks) {
    long most = asks.stream().mapToLong(ask -> ask.sampling().maxTokens()).max().orElse(1);
    long paid = Math.min(budget.tokensLeft() / most, budget.callsLeft());
    return Math.clamp(paid, 1, asks.size());
  }

  private <T> Optional<Done<T>> attempt(Ask ask, int index, Then<T> then)
      throws InterruptedException {
    Completion completion;
    try {
      completion = policy.complete(ask.prefix(), ask.sampling(), budget, TokenListener.NONE);
    } catch (BudgetSpentException e) {
      return Optional.empty();
    } catch (PolicyException e) {
      if (!isFull(ask.prefix(), e)) {
        throw e;
      }
      completion = new Completion(List.of(), Finish.LENGTH, Usage.ZERO);
    }
    return Optional.of(new Done<>(completion, then.apply(index, completion)));
  }

  /** Whether it is a chain, not the problem alone, that has outgrown the policy's context. */
  static boolean isFull(Prefix prefix, PolicyException failure) {
    return !prefix.steps().isEmpty() && failure.reason() == PolicyException.Reason.PROMPT_TOO_LONG;
  }

  private <T> void settle(Optional<Done<T>> attempt, Consumer<T> heard) {
    attempt.ifPresentOrElse(
        done -> {
          usage = usage.plus(done.completion().usage());
          budgetSpent |= done.completion().finish() == Finish.BUDGET;
          heard.accept(done.result());
        },
        () -> budgetSpent = true);
  }

  /** Samples the whole chains number {@code first} to {@code first + count - 1}; returns those that finished. */
  <J> List<Judged<J>> chains(Sampling sampling, int first, int count, Judge<J> judge)
      throws InterruptedException {
    List<Ask> asks = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      asks.add(new Ask(Prefix.of(problem), sampling.withSeed(Seeds.derive(seed, i))));
    }
    record Sampled<J>(Trajectory trajectory, Optional<J> judgement) {}
    List<Judged<J>> finished = new ArrayList<>();
    Then<Sampled<J>> judged = (i, completion) -> {
      Trajectory chain = Trajectory.of(Prefix.of(problem), completion);
      return new Sampled<>(
          chain, isCut(chain.finish()) ? Optional.empty() : Optional.of(judge.judge(chain)));
    };
    complete(asks, judged, sampled -> {
      Chain chain = new Chain(path(0, sampled.trajectory().steps()), sampled.trajectory());
      sampled
          .judgement()
          .ifPresentOrElse(
              judgement -> {
                finished(chain);
                finished.add(new Judged<>(chain, judgement));
              },
              () -> cut(chain));
    });
    return finished;
  }

  /**
   * Samples {@code each} next lines after every parent; equal lines of a parent become one. Lines on which the policy
   * itself gave up, and those that the budget cut, are pruned and not returned.
   *
   * @param seed call number i has the seed derived from this one and i
   */
  List<Node> lines(List<Node> parents, int each, Sampling sampling, long seed)
      throws InterruptedException {
    List<Ask> asks = new ArrayList<>();
    for (Node parent : parents) {
      for (int i = 0; i < each; i++) {
        asks.add(new Ask(
            parent.prefix(),
            rest(parent, sampling).byLine().withSeed(Seeds.derive(seed, asks.size()))));
      }
    }
    record Line(Node parent, Completion completion) {}
    Map<Integer, Node> children = new LinkedHashMap<>();
    complete(asks, (i, completion) -> new Line(parents.get(i / each), completion), line -> {
      Node child = child(line.parent(), line.completion(), sampling.maxTokens());
      if (isCut(child.finish())) {
        cut(child.chain());
      } else {
        children.putIfAbsent(child.id(), child);
        keepUnfinished(child.chain(Finish.BUDGET));
      }
    });
    return List.copyOf(children.values());
  }

  /** {@code sampling} with as many tokens as a chain of its length has left after {@code node}. */
  Sampling rest(Node node, Sampling sampling) {
    return sampling.withMaxTokens(Math.max(1, sampling.maxTokens() - node.tokens()));
  }

  private Node child(Node parent, Completion completion, int maxTokens) {
    Trajectory chain = Trajectory.of(parent.prefix(), completion);
    int id = path(parent.id(), completion.steps());
    Usage cost = parent.usage().plus(completion.usage());
    Node child =
        new Node(id, parent.id(), new Prefix(problem, chain.steps()), chain.finish(), cost);
    Finish finish = chain.finish();
    if (child.isOpen() && completion.tokens().isEmpty()) {
      finish = Finish.END;
    } else if (child.isOpen() && child.tokens() >= maxTokens) {
      finish = Finish.LENGTH;
    }
    return new Node(id, parent.id(), child.prefix(), finish, cost);
  }

  static boolean isCut(Finish finish) {
    return finish == Finish.BUDGET || finish == Finish.PRUNED;
  }

  /** The node of the last of these steps below {@code parent}; a step that is there already is not made twice. */
  int path(int parent, List<Step> steps) {
    int node = parent;
    for (Step step : steps) {
      Edge edge = new Edge(node, step.text());
      Integer known = nodes.get(edge);
      if (known == null) {
        known = nodes.size() + 1;
        nodes.put(edge, known);
        listener.on(new Event.Created(known, node, step));
      }
      node = known;
    }
    return node;
  }

  void scored(int node, String by, double value) {
    listener.on(new Event.Scored(node, by, value));
  }

  void pruned(int node, String reason) {
    listener.on(new Event.Pruned(node, reason));
  }

  void finished(Chain chain) {
    candidates.add(chain.trajectory());
    listener.on(new Event.Finished(chain.node(), chain.trajectory()));
  }

  private void cut(Chain chain) {
    boolean byBudget = chain.trajectory().finish() == Finish.BUDGET;
    pruned(chain.node(), byBudget ? "the budget was spent" : "the policy gave the chain up");
    keepUnfinished(chain);
  }

  /** The longest chain that did not come to an end is better than nothing. */
  private void keepUnfinished(Chain chain) {
    int steps = chain.trajectory().steps().size();
    if (unfinished.isEmpty() || steps > unfinished.get().trajectory().steps().size()) {
      unfinished = Optional.of(chain);
    }
  }

  /** Offers a chain to return if there is no better one; the first offer counts. */
  void fallBackTo(Chain chain) {
    fallback = fallback.or(() -> Optional.of(chain));
  }

  /** Ends the search with this chain, or else with the fallback, or else with what there is of a chain. */
  Solution solution(Optional<Chain> best, Map<String, Double> votes) {
    Optional<Chain> chosen = best.or(() -> fallback).or(() -> unfinished);
    chosen.ifPresent(chain -> listener.on(new Event.Chosen(chain.node())));
    return new Solution(chosen.map(Chain::trajectory), candidates, votes, usage, budgetSpent);
  }
}
