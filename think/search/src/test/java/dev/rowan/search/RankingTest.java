package dev.rowan.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rowan.core.Budget;
import dev.rowan.core.Finish;
import dev.rowan.core.PolicyException;
import dev.rowan.core.Prefix;
import dev.rowan.core.RewardModel;
import dev.rowan.core.Score;
import dev.rowan.core.SearchListener;
import dev.rowan.core.Trajectory;
import dev.rowan.core.Verdict;
import org.junit.jupiter.api.Test;

final class RankingTest {

  @Test
  void bestOfNKeepsTheHighestScoreAndTheFirstOfEquals() throws InterruptedException {
    RewardModel right = (problem, chain) -> Score.of(chain.text().endsWith("#### 15") ? 1 : 0);
    var best = new BestOfN(new Adding.Adder(0.5), Adding.SAMPLING, 16, right)
        .solve(Adding.PROBLEM, 1, Budget.unlimited(), SearchListener.NONE);
    var same = new BestOfN(
            new Adding.Adder(0.5), Adding.SAMPLING, 16, (problem, chain) -> Score.of(0.5))
        .solve(Adding.PROBLEM, 1, Budget.unlimited(), SearchListener.NONE);

    assertThat(Adding.answer(best)).contains("15");
    assertThat(same.best()).contains(same.candidates().getFirst());
    assertThat(best.candidates()).isEqualTo(same.candidates()).hasSize(16);
  }

  @Test
  void noOpinionAndNoEndNeverWin() throws InterruptedException {
    RewardModel odd =
        (problem, chain) -> Score.of(chain.text().endsWith("#### 15") ? 0.1 : Double.NaN);
    var solution = new BestOfN(new Adding.Adder(0.5), Adding.SAMPLING, 16, odd)
        .solve(Adding.PROBLEM, 1, Budget.unlimited(), SearchListener.NONE);
    assertThat(Adding.answer(solution)).contains("15");

    assertThat(new ProductOfSteps(Adding.PRM)
            .score(Adding.PROBLEM, Chains.of("1+1=2", Finish.LENGTH, -1))
            .value())
        .isZero();
    assertThat(MeanLogProb.LOG
            .score(Adding.PROBLEM, Chains.of("x", Finish.LENGTH, -1))
            .value())
        .isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void stepScoresAreMultipliedOrTheWorstCounts() throws InterruptedException {
    var chain = Trajectory.of(
        Prefix.of(Adding.PROBLEM),
        new Adding.Adder(0)
            .complete(Prefix.of(Adding.PROBLEM), Adding.SAMPLING, Budget.unlimited(), token -> {}));

    assertThat(new ProductOfSteps(Adding.PRM).score(Adding.PROBLEM, chain).value())
        .isCloseTo(Math.pow(0.95, 4), within(1e-12));
    assertThat(new MinOfSteps(Adding.PRM).score(Adding.PROBLEM, chain).value()).isEqualTo(0.95);
  }

  @Test
  void thePolicysOwnConfidenceNeedsItsLogProbabilities() {
    assertThat(MeanLogProb.LOG
            .score(Adding.PROBLEM, Chains.of("x", Finish.END, -0.5))
            .value())
        .isEqualTo(-0.5);
    assertThat(MeanLogProb.PROBABILITY
            .score(Adding.PROBLEM, Chains.of("x", Finish.END, -0.5))
            .value())
        .isEqualTo(Math.exp(-0.5));
    assertThatThrownBy(
            () -> MeanLogProb.LOG.score(Adding.PROBLEM, Chains.of("x", Finish.END, Double.NaN)))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("log-probabilities");
  }

  @Test
  void theFirstVerifiedChainEndsTheSearch() throws InterruptedException {
    Adding.Adder policy = new Adding.Adder(0.5);
    var found = new FirstCorrect(policy, Adding.SAMPLING, 64, 2, Adding.VERIFIER)
        .solve(Adding.PROBLEM, 1, Budget.unlimited(), SearchListener.NONE);
    assertThat(Adding.answer(found)).contains("15");
    assertThat(policy.calls.get()).isLessThan(64);

    var undecided = new FirstCorrect(
            policy,
            Adding.SAMPLING,
            8,
            4,
            (problem, answer) -> new Verdict.Unverifiable("no reference"))
        .solve(Adding.PROBLEM, 1, Budget.unlimited(), SearchListener.NONE);
    assertThat(undecided.best()).contains(undecided.candidates().getFirst());
    assertThat(undecided.candidates()).hasSize(8);
  }

  @Test
  void strategiesAreKnownByName() {
    var parts = Strategies.Parts.of(new Adding.Adder(0), Adding.SAMPLING);

    assertThatThrownBy(() -> Strategies.create("mcts", parts, Strategies.Settings.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "unknown strategy 'mcts': choose one of " + String.join(", ", Strategies.names()));
    assertThatThrownBy(() -> Strategies.create("step-search", parts, Strategies.Settings.DEFAULT))
        .hasMessageContaining("needs a process reward model");
    assertThatThrownBy(
            () -> Strategies.create("best-of-n", parts, Strategies.Settings.DEFAULT.withSamples(0)))
        .hasMessage("samples is 0: choose 1 or more");
  }
}
