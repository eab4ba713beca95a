package dev.rowan.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowan.core.Answer;
import dev.rowan.core.Budget;
import dev.rowan.core.Prefix;
import dev.rowan.core.RewardModel;
import dev.rowan.core.Score;
import dev.rowan.core.SearchListener;
import dev.rowan.core.Seeds;
import dev.rowan.core.Solution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class MajorityVoteTest {

  private static Solution vote(int samples, double slips, long seed) throws InterruptedException {
    return MajorityVote.plain(new Adding.Adder(slips), Adding.SAMPLING, samples, Adding.EXTRACTOR)
        .solve(Adding.PROBLEM, seed, Budget.unlimited(), SearchListener.NONE);
  }

  @Test
  void aUnanimousVoteStopsHalfWay() throws InterruptedException {
    Solution solution = vote(16, 0, 1);

    assertThat(Adding.answer(solution)).contains("15");
    assertThat(solution.candidates()).hasSize(8);
    assertThat(solution.votes()).isEqualTo(Map.of("15", 8.0));
    assertThat(solution.usage().calls()).isEqualTo(8);
    assertThat(solution.budgetSpent()).isFalse();
  }

  @Property(tries = 200)
  void theWinnerIsThatOfTheFullVote(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 25) int samples)
      throws InterruptedException {
    Solution early = vote(samples, 0.4, seed);

    Map<String, Integer> all = new LinkedHashMap<>();
    Adding.Adder policy = new Adding.Adder(0.4);
    for (int i = 0; i < samples; i++) {
      long chainSeed = Seeds.derive(seed, i);
      var chain = policy.complete(
          Prefix.of(Adding.PROBLEM),
          Adding.SAMPLING.withSeed(chainSeed),
          Budget.unlimited(),
          t -> {});
      all.merge(Adding.EXTRACTOR.extract(new Answer(chain.text())).orElseThrow(), 1, Integer::sum);
    }
    String winner = all.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
        .findFirst()
        .orElseThrow()
        .getKey();
    assertThat(Adding.answer(early)).contains(winner);
  }

  /** The ballot against brute force: whatever votes follow, a decided vote keeps its winner. */
  @Property(tries = 300)
  void decidedMeansThatNoFurtherVotesMatter(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 0, max = 2) Integer> cast,
      @ForAll @IntRange(min = 0, max = 4) int left) {
    String winner = tally(cast);
    boolean canChange = false;
    for (int code = 0; code < Math.pow(4, left); code++) {
      List<Integer> full = new ArrayList<>(cast);
      for (int i = 0, rest = code; i < left; i++, rest /= 4) {
        full.add(rest % 4);
      }
      canChange |= !tally(full).equals(winner);
    }
    Ballot ballot = new Ballot();
    cast.forEach(vote -> ballot.add(vote.toString(), 1, new SearchRun.Chain(0, Chains.of("x"))));

    assertThat(ballot.isDecided(left)).isEqualTo(!canChange);
  }

  private static String tally(List<Integer> votes) {
    Map<Integer, Integer> counts = new LinkedHashMap<>();
    votes.forEach(vote -> counts.merge(vote, 1, Integer::sum));
    return counts.entrySet().stream()
        .reduce((best, next) -> next.getValue() > best.getValue() ? next : best)
        .orElseThrow()
        .getKey()
        .toString();
  }

  @Test
  void aWeightedVoteFollowsTheScores() throws InterruptedException {
    RewardModel trusting =
        (problem, chain) -> Score.of(chain.text().endsWith("#### 15") ? 1 : 0.01);
    Solution solution = MajorityVote.weighted(
            new Adding.Adder(0.5), Adding.SAMPLING, 40, Adding.EXTRACTOR, trusting)
        .solve(Adding.PROBLEM, 4, Budget.unlimited(), SearchListener.NONE);

    assertThat(Adding.answer(solution)).contains("15");
    assertThat(solution.votes().values().iterator().next()).isGreaterThanOrEqualTo(1);
    assertThat(solution.votes().keySet().iterator().next()).isEqualTo("15");
  }

  @Test
  void weightsOutsideOfTheUnitIntervalAreRefused() {
    RewardModel logit = (problem, chain) -> Score.of(3);
    MajorityVote vote =
        MajorityVote.weighted(new Adding.Adder(0), Adding.SAMPLING, 2, Adding.EXTRACTOR, logit);

    assertThatThrownBy(() -> vote.solve(Adding.PROBLEM, 1, Budget.unlimited(), SearchListener.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3.0");
  }

  @Test
  void withoutAnyAnswerTheFirstChainIsReturned() throws InterruptedException {
    Solution solution = MajorityVote.plain(
            new Adding.Adder(0), Adding.SAMPLING, 4, answer -> Optional.empty())
        .solve(Adding.PROBLEM, 1, Budget.unlimited(), SearchListener.NONE);

    assertThat(solution.best()).isPresent();
    assertThat(solution.votes()).isEmpty();
    assertThat(solution.candidates()).hasSize(4);
  }
}
