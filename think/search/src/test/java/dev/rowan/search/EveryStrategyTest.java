package dev.rowan.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowan.core.Budget;
import dev.rowan.core.Finish;
import dev.rowan.core.Policy;
import dev.rowan.core.PolicyException;
import dev.rowan.core.SearchListener;
import dev.rowan.core.SearchListener.Event;
import dev.rowan.core.Solution;
import dev.rowan.core.Strategy;
import dev.rowan.core.Usage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What all strategies promise. */
final class EveryStrategyTest {

  static List<String> names() {
    return Strategies.names();
  }

  private static Strategy strategy(String name, Policy policy) {
    var parts = Strategies.Parts.of(policy, Adding.SAMPLING)
        .with(Adding.EXTRACTOR)
        .with(Adding.VERIFIER)
        .with(Adding.PRM);
    return Strategies.create(name, parts, new Strategies.Settings(12, 2, 3, 0.8, 3, 3, 4));
  }

  @ParameterizedTest
  @MethodSource("names")
  void theSameSeedGivesTheSameSolutionAndEventsWhateverTheTiming(String name)
      throws InterruptedException {
    assertSameSolutionAndEvents(name, policy -> policy);
    assertSameSolutionAndEvents(name, policy -> new StopAtFirstFalse(policy, Adding.STEPS));
  }

  private static void assertSameSolutionAndEvents(String name, UnaryOperator<Policy> around)
      throws InterruptedException {
    for (long tokens : new long[] {Long.MAX_VALUE, 400, 130, 70, 17}) {
      Set<Solution> solutions = new HashSet<>();
      Set<List<Event>> events = new HashSet<>();
      for (int i = 0; i < 6; i++) {
        List<Event> heard = new ArrayList<>();
        Strategy strategy = strategy(name, around.apply(new Adding.Adder(0.4, i * 100)));
        solutions.add(strategy.solve(Adding.PROBLEM, 5, Budget.ofTokens(tokens), heard::add));
        events.add(heard);
      }
      assertThat(solutions).hasSize(1);
      assertThat(events).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void noBudgetIsEverOverrun(String name) throws InterruptedException {
    for (long tokens = 1; tokens < 300; tokens += 23) {
      Budget budget = new Budget(Budget.Limits.NONE.withTokens(tokens).withCalls(1 + tokens / 30));
      Solution solution = strategy(name, new Adding.Adder(0.7, 50))
          .solve(Adding.PROBLEM, tokens, budget, SearchListener.NONE);

      assertThat(solution.usage()).isEqualTo(budget.spent());
      assertThat(budget.spent().completionTokens()).isLessThanOrEqualTo(tokens);
      assertThat(budget.spent().calls()).isLessThanOrEqualTo(1 + tokens / 30);
      boolean finished = solution.best().stream().anyMatch(best -> best.finish() == Finish.END);
      assertThat(solution.budgetSpent() || finished).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void aSpentBudgetLeavesTheBestSoFarAndSaysSo(String name) throws InterruptedException {
    Solution solution = strategy(name, new Adding.Adder(0.4))
        .solve(Adding.PROBLEM, 1, Budget.ofTokens(8), SearchListener.NONE);

    assertThat(solution.budgetSpent()).isTrue();
    assertThat(solution.candidates()).isEmpty();
    assertThat(Adding.text(solution)).startsWith("0+3=");
    assertThat(solution.best().orElseThrow().finish()).isEqualTo(Finish.BUDGET);
  }

  @ParameterizedTest
  @MethodSource("names")
  void anInterruptedSearchLeavesNoRollOutBehind(String name) throws InterruptedException {
    AtomicInteger live = new AtomicInteger();
    CountDownLatch started = new CountDownLatch(1);
    Policy hanging = (prefix, sampling, budget, listener) -> {
      live.incrementAndGet();
      started.countDown();
      try {
        Thread.sleep(Long.MAX_VALUE);
        throw new AssertionError("woke up");
      } finally {
        live.decrementAndGet();
      }
    };
    AtomicReference<String> outcome = new AtomicReference<>("none");
    Thread solver = Thread.ofVirtual().start(() -> {
      try {
        strategy(name, hanging).solve(Adding.PROBLEM, 1, Budget.unlimited(), SearchListener.NONE);
      } catch (InterruptedException e) {
        outcome.set("interrupted with " + live.get() + " live");
      }
    });
    started.await();
    solver.interrupt();
    solver.join();

    assertThat(outcome).hasValue("interrupted with 0 live");
  }

  @ParameterizedTest
  @MethodSource("names")
  void eventsFormATreeWithTheAnswerInIt(String name) throws InterruptedException {
    List<Event> events = new ArrayList<>();
    SearchTree tree = new SearchTree();
    Solution solution = strategy(name, new Adding.Adder(0.4, 50))
        .solve(Adding.PROBLEM, 3, Budget.unlimited(), event -> {
          events.add(event);
          tree.on(event);
        });

    Set<Integer> known = new HashSet<>(Set.of(0));
    for (Event event : events) {
      switch (event) {
        case Event.Created created -> {
          assertThat(known).contains(created.parent());
          assertThat(created.node()).isEqualTo(known.size());
          known.add(created.node());
        }
        case Event.Scored scored -> assertThat(known).contains(scored.node());
        case Event.Pruned pruned -> assertThat(known).contains(pruned.node());
        case Event.Finished finished -> assertThat(known).contains(finished.node());
        case Event.Chosen chosen -> assertThat(known).contains(chosen.node());
      }
    }
    assertThat(events.getLast()).isInstanceOf(Event.Chosen.class);
    assertThat(
            tree.chosenPath().stream().map(node -> node.step().text()).reduce("", String::concat))
        .isEqualTo(Adding.text(solution));
    assertThat(tree.nodes()).hasSize(known.size() - 1);
    assertThat(events.stream().filter(Event.Finished.class::isInstance))
        .hasSameSizeAs(solution.candidates());
  }

  @ParameterizedTest
  @MethodSource("names")
  void aFailingPolicyFailsTheSearch(String name) {
    Policy down = (prefix, sampling, budget, listener) -> {
      throw new PolicyException("nobody answers: start the server");
    };

    assertThatThrownBy(() ->
            strategy(name, down).solve(Adding.PROBLEM, 1, Budget.unlimited(), SearchListener.NONE))
        .isInstanceOf(PolicyException.class)
        .hasMessage("nobody answers: start the server");
  }

  @ParameterizedTest
  @MethodSource("names")
  void searchesThatShareABudgetDoNotOverrunIt(String name) throws InterruptedException {
    Budget shared = new Budget(Budget.Limits.NONE.withTokens(500).withCalls(40));
    Strategy strategy = strategy(name, new Adding.Adder(0.7, 50));
    List<Solution> solutions =
        RollOuts.run(12, i -> strategy.solve(Adding.PROBLEM, i, shared, SearchListener.NONE));

    assertThat(shared.spent().completionTokens()).isLessThanOrEqualTo(500);
    assertThat(shared.spent().calls()).isLessThanOrEqualTo(40);
    assertThat(solutions.stream().map(Solution::usage).reduce(Usage.ZERO, Usage::plus))
        .isEqualTo(shared.spent());
  }
}
