package dev.rowan.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class EstimatorsTest {

  @Test
  void passAtKAsPublished() {
    assertThat(PassAtK.estimate(5, 2, 2)).isCloseTo(0.7, within(1e-12));
    assertThat(PassAtK.estimate(200, 0, 100)).isZero();
    assertThat(PassAtK.estimate(10, 7, 4)).isEqualTo(1);
    assertThatThrownBy(() -> PassAtK.estimate(5, 2, 6)).hasMessageContaining("6 of 5");
  }

  @Property(tries = 300)
  void closedFormsAreTheMeansOverAllSubsets(
      @ForAll @Size(min = 1, max = 9) List<@IntRange(min = 0, max = 19) Integer> digits,
      @ForAll long which) {
    List<Graded> samples = Subsets.of(digits);
    int k = 1 + (int) Math.floorMod(which, (long) samples.size());

    assertThat(PassAtK.expected(samples, k))
        .isCloseTo(Subsets.mean(samples, k, Subsets::coverage), within(1e-9));
    assertThat(BestOfKByScore.expected(samples, k))
        .isCloseTo(Subsets.mean(samples, k, Subsets::best), within(1e-9));
    assertThat(MajorityAtK.expected(samples, k))
        .isCloseTo(Subsets.mean(samples, k, Subsets::majority), within(1e-9));
  }

  @Property(tries = 50)
  void resampledVotesComeNearTheMeanOverAllSubsets(
      @ForAll @Size(min = 2, max = 8) List<@IntRange(min = 0, max = 19) Integer> digits,
      @ForAll long which) {
    List<Graded> samples = Subsets.of(digits);
    int k = 1 + (int) Math.floorMod(which, (long) samples.size());
    WeightedVoteAtK vote = new WeightedVoteAtK(which, 2000);

    // 6 standard errors of a mean over 2000 subsets are below 0.07.
    assertThat(vote.expected(samples, k))
        .isCloseTo(Subsets.mean(samples, k, Subsets::weighted), within(0.07));
    assertThat(vote.expected(samples, k)).isEqualTo(vote.expected(samples, k));
  }

  @Property
  void coverageRisesWithSamplesAndStaysAboveEveryChoice(
      @ForAll @Size(min = 2, max = 40) List<@IntRange(min = 0, max = 19) Integer> digits) {
    List<Graded> samples = Subsets.of(digits);
    double before = 0;
    for (int k = 1; k <= samples.size(); k++) {
      double coverage = PassAtK.expected(samples, k);
      assertThat(coverage).isBetween(before - 1e-12, 1 + 1e-12);
      assertThat(MajorityAtK.expected(samples, k)).isBetween(-1e-12, coverage + 1e-9);
      assertThat(BestOfKByScore.expected(samples, k)).isBetween(-1e-12, coverage + 1e-9);
      before = coverage;
    }
  }

  @Property
  void oneSampleIsTheSameUnderEveryEstimator(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 0, max = 19) Integer> digits) {
    List<Graded> samples = digits.stream()
        .map(d -> new Graded(d % 3 == 0, Optional.of("a" + d), d, 1))
        .toList();
    double rate = PassAtK.expected(samples, 1);

    assertThat(MajorityAtK.expected(samples, 1)).isCloseTo(rate, within(1e-12));
    assertThat(BestOfKByScore.expected(samples, 1)).isCloseTo(rate, within(1e-12));
  }

  @Test
  void manySamplesStayWithinRange() {
    List<Graded> samples = IntStream.range(0, 1000)
        .mapToObj(i -> new Graded(i % 3 == 0, Optional.of("a" + i % 3), i, 1))
        .toList();

    assertThat(MajorityAtK.expected(samples, 64)).isBetween(0.3, 0.4);
  }

  @Test
  void aScoreThatIsNoNumberNeverWins() {
    List<Graded> samples = List.of(
        new Graded(false, Optional.empty(), Double.NaN, 1),
        new Graded(true, Optional.empty(), -5, 1));

    assertThat(BestOfKByScore.expected(samples, 2)).isEqualTo(1);
  }

  @Test
  void solvingWithinABudgetCountsTheTokensOfFailures() {
    List<Graded> samples = List.of(
        new Graded(false, Optional.empty(), 0, 10), new Graded(true, Optional.empty(), 0, 10));
    SolvedWithin solved = new SolvedWithin(1, 4000);

    assertThat(solved.expected(samples, 9)).isZero();
    assertThat(solved.expected(samples, 10)).isCloseTo(0.5, within(0.05));
    assertThat(solved.expected(samples, 20)).isEqualTo(1);
  }
}
