package dev.rowan.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.core.Budget;
import dev.rowan.core.Finish;
import dev.rowan.core.Policy;
import dev.rowan.core.PolicyException;
import dev.rowan.core.Prefix;
import dev.rowan.core.Sampling;
import dev.rowan.core.SearchListener;
import dev.rowan.core.Solution;
import dev.rowan.core.Strategy;
import dev.rowan.core.TokenListener;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class StepStrategiesTest {

  private static double accuracy(Strategy strategy, int problems) throws InterruptedException {
    int right = 0;
    for (int seed = 0; seed < problems; seed++) {
      Solution solution =
          strategy.solve(Adding.PROBLEM, seed, Budget.unlimited(), SearchListener.NONE);
      right += Adding.answer(solution).equals(Optional.of("15")) ? 1 : 0;
    }
    return (double) right / problems;
  }

  @Test
  void aGoodStepVerifierMakesSearchAndGoingBackBetterThanOneChain() throws InterruptedException {
    Adding.Adder policy = new Adding.Adder(0.4);
    double chain = accuracy(new SingleChain(policy, Adding.SAMPLING), 200);

    assertThat(chain).isBetween(0.1, 0.4);
    assertThat(accuracy(new StepSearch(policy, Adding.SAMPLING, Adding.PRM, 1, 4), 200))
        .isGreaterThan(0.85);
    assertThat(accuracy(new StepSearch(policy, Adding.SAMPLING, Adding.PRM, 3, 4), 200))
        .isGreaterThan(0.95);
    assertThat(accuracy(new GoBack(policy, Adding.SAMPLING, Adding.PRM, 0.8, 4), 200))
        .isGreaterThan(0.85);
    assertThat(accuracy(new GoBack(policy, Adding.SAMPLING, Adding.PRM, 0, 4), 200))
        .isBetween(0.1, 0.4);
  }

  @Test
  void goingBackTakesTheFirstLineThatIsGoodEnough() throws InterruptedException {
    SearchTree tree = new SearchTree();
    Solution solution = new GoBack(new Adding.Adder(0.5), Adding.SAMPLING, Adding.PRM, 0.8, 50)
        .solve(Adding.PROBLEM, 2, Budget.unlimited(), tree);

    assertThat(Adding.text(solution)).isEqualTo("0+3=3\n3+5=8\n8+7=15\n#### 15");
    assertThat(tree.nodes()).allSatisfy(node -> {
      assertThat(node.pruned().isPresent()).isEqualTo(node.scores().getOrDefault("prm", 1.0) < 0.8);
      assertThat(node.chosen()).isEqualTo(node.pruned().isEmpty());
    });
    assertThat(tree.nodes()).anyMatch(node -> node.pruned().isPresent());
  }

  @Test
  void equalLinesAreScoredOnce() throws InterruptedException {
    SearchTree tree = new SearchTree();
    new StepSearch(new Adding.Adder(0), Adding.SAMPLING, Adding.PRM, 2, 4)
        .solve(Adding.PROBLEM, 1, Budget.unlimited(), tree);

    assertThat(tree.nodes()).hasSize(4).allMatch(node -> node.pruned().isEmpty());
  }

  @Test
  void aChainThatNeverEndsIsCutAtItsLimit() throws InterruptedException {
    Sampling twelve = Adding.SAMPLING.withMaxTokens(12);
    Solution solution = new StepSearch(new Adding.Adder(0), twelve, Adding.PRM, 1, 2)
        .solve(Adding.PROBLEM, 1, Budget.unlimited(), SearchListener.NONE);

    assertThat(solution.best().orElseThrow().finish()).isEqualTo(Finish.LENGTH);
    assertThat(Adding.text(solution)).isEqualTo("0+3=3\n3+5=8\n");
    assertThat(solution.budgetSpent()).isFalse();
  }

  @Test
  void treeSearchFindsDifferentRightChainsWhereSamplingFindsNone() throws InterruptedException {
    Adding.Adder clumsy = new Adding.Adder(0.93);
    var problem = Adding.problem(3, 5, 7, 9);
    var settings = new StepRollouts.Settings(8, 4, 12, 2, StepRollouts.Estimation.SOFT);
    int bySampling = 0;
    int byTree = 0;
    for (int seed = 0; seed < 20; seed++) {
      var tree = new StepRollouts(clumsy, Adding.SAMPLING, Adding.VERIFIER, settings)
          .solve(problem, seed, Budget.unlimited(), SearchListener.NONE);
      byTree += tree.candidates().isEmpty() ? 0 : 1;
      assertThat(tree.candidates())
          .allMatch(chain -> chain.text().endsWith("#### 24"))
          .doesNotHaveDuplicates();
      Set<String> texts = new HashSet<>();
      assertThat(tree.candidates()).allMatch(chain -> texts.add(chain.text()));
      var sampled = new FirstCorrect(clumsy, Adding.SAMPLING, 40, 8, Adding.VERIFIER)
          .solve(
              problem, seed, Budget.ofTokens(tree.usage().completionTokens()), SearchListener.NONE);
      bySampling += Adding.answer(sampled).equals(Optional.of("24")) ? 1 : 0;
    }
    assertThat(byTree).isGreaterThan(bySampling);
  }

  @Test
  void rollOutScoresAreTheShareOfRightChains() throws InterruptedException {
    for (var estimation : StepRollouts.Estimation.values()) {
      SearchTree tree = new SearchTree();
      new StepRollouts(
              new Adding.Adder(0.4),
              Adding.SAMPLING,
              Adding.VERIFIER,
              new StepRollouts.Settings(4, 8, 4, 100, estimation))
          .solve(Adding.PROBLEM, 1, Budget.unlimited(), tree);

      var scores =
          tree.nodes().stream().flatMap(node -> node.scores().values().stream()).toList();
      assertThat(scores).isNotEmpty().allMatch(score -> score >= 0 && score <= 1);
      if (estimation == StepRollouts.Estimation.HARD) {
        assertThat(scores).containsOnly(0.0, 1.0);
      } else {
        assertThat(scores).anyMatch(score -> score > 0 && score < 1);
      }
    }
  }

  @Test
  void aChainStopsAtItsFirstFalseLine() throws InterruptedException {
    StopAtFirstFalse careful = new StopAtFirstFalse(new Adding.Adder(0.5), Adding.STEPS);
    int stopped = 0;
    for (int seed = 0; seed < 100; seed++) {
      Budget budget = Budget.unlimited();
      var chain = careful.complete(
          Prefix.of(Adding.PROBLEM), Adding.SAMPLING.withSeed(seed), budget, TokenListener.NONE);
      var verdicts = Adding.STEPS.verifySteps(Adding.PROBLEM, chain.steps());

      assertThat(chain.finish())
          .isEqualTo(verdicts.getLast().isCorrect() ? Finish.END : Finish.PRUNED);
      assertThat(verdicts).hasSameSizeAs(chain.steps());
      assertThat(chain.usage()).isEqualTo(budget.spent());
      stopped += chain.finish() == Finish.PRUNED ? 1 : 0;
    }
    assertThat(stopped).isBetween(60, 99);
  }

  @Test
  void stoppingEarlySavesTokensUnderAVerifier() throws InterruptedException {
    Adding.Adder policy = new Adding.Adder(0.6);
    long plain = 0;
    long careful = 0;
    for (int seed = 0; seed < 50; seed++) {
      plain += tokens(new FirstCorrect(policy, Adding.SAMPLING, 200, 1, Adding.VERIFIER), seed);
      var stopping = new StopAtFirstFalse(policy, Adding.STEPS);
      careful += tokens(new FirstCorrect(stopping, Adding.SAMPLING, 200, 1, Adding.VERIFIER), seed);
    }
    assertThat(careful).isLessThan(plain);
  }

  @Test
  void searchEndsWhenThePolicyGivesUpOnEveryLine() throws InterruptedException {
    StopAtFirstFalse hopeless = new StopAtFirstFalse(new Adding.Adder(1), Adding.STEPS);
    for (String name : List.of("step-search", "go-back", "rollouts")) {
      var parts =
          Strategies.Parts.of(hopeless, Adding.SAMPLING).with(Adding.VERIFIER).with(Adding.PRM);
      Solution solution = Strategies.create(name, parts, Strategies.Settings.DEFAULT)
          .solve(Adding.PROBLEM, 1, Budget.unlimited(), SearchListener.NONE);

      assertThat(solution.candidates()).isEmpty();
      assertThat(solution.best().orElseThrow().finish()).isEqualTo(Finish.PRUNED);
    }
  }

  private static long tokens(Strategy strategy, long seed) throws InterruptedException {
    Solution solution =
        strategy.solve(Adding.PROBLEM, seed, Budget.unlimited(), SearchListener.NONE);
    assertThat(Adding.answer(solution)).contains("15");
    return solution.usage().completionTokens();
  }

  @Test
  void stoppingPoliciesObeyTheLimitsOfTheirCaller() throws InterruptedException {
    StopAtFirstFalse careful = new StopAtFirstFalse(new Adding.Adder(0), Adding.STEPS);
    Prefix start = Prefix.of(Adding.PROBLEM);

    var line =
        careful.complete(start, Adding.SAMPLING.byLine(), Budget.unlimited(), TokenListener.NONE);
    assertThat(line.text()).isEqualTo("0+3=3\n");
    assertThat(line.finish()).isEqualTo(Finish.STOP);
    var cut = careful.complete(
        start, Adding.SAMPLING.withMaxTokens(6), Budget.unlimited(), TokenListener.NONE);
    assertThat(cut.finish()).isEqualTo(Finish.LENGTH);
    var broke = careful.complete(start, Adding.SAMPLING, Budget.ofTokens(12), TokenListener.NONE);
    assertThat(broke.text()).isEqualTo("0+3=3\n3+5=8\n");
    assertThat(broke.finish()).isEqualTo(Finish.BUDGET);
  }

  @Test
  void aChainThatOutgrowsThePolicysContextEndsThere() throws InterruptedException {
    Adding.Adder adder = new Adding.Adder(0);
    Policy small = (prefix, sampling, budget, listener) -> {
      if (prefix.steps().size() >= 2) {
        throw new PolicyException(PolicyException.Reason.PROMPT_TOO_LONG, "shorten it");
      }
      return adder.complete(prefix, sampling, budget, listener);
    };
    for (String name : List.of("step-search", "go-back")) {
      var parts = Strategies.Parts.of(small, Adding.SAMPLING).with(Adding.PRM);
      Solution solution = Strategies.create(name, parts, Strategies.Settings.DEFAULT)
          .solve(Adding.PROBLEM, 1, Budget.unlimited(), SearchListener.NONE);

      assertThat(Adding.text(solution)).isEqualTo("0+3=3\n3+5=8\n");
      assertThat(solution.best().orElseThrow().finish()).isEqualTo(Finish.LENGTH);
    }
    var stopping = new StopAtFirstFalse(small, Adding.STEPS)
        .complete(
            Prefix.of(Adding.PROBLEM), Adding.SAMPLING, Budget.unlimited(), TokenListener.NONE);
    assertThat(stopping.finish()).isEqualTo(Finish.LENGTH);
  }
}
