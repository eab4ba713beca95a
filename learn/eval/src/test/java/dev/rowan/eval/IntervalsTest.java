package dev.rowan.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class IntervalsTest {

  @Test
  void wilsonAsInTheTables() {
    assertThat(Wilson.interval(8, 10).low()).isCloseTo(0.4902, within(1e-4));
    assertThat(Wilson.interval(8, 10).high()).isCloseTo(0.9433, within(1e-4));
    assertThat(Wilson.interval(0, 10).low()).isZero();
    assertThat(Wilson.interval(0, 10).high()).isCloseTo(0.2775, within(1e-4));
    assertThatThrownBy(() -> Wilson.interval(3, 2)).hasMessageContaining("3 successes in 2 trials");
  }

  @Property
  void wilsonContainsTheRateAndShrinks(
      @ForAll @IntRange(min = 1, max = 5000) int trials, @ForAll long which) {
    long successes = Math.floorMod(which, trials + 1L);
    Interval interval = Wilson.interval(successes, trials);
    Interval more = Wilson.interval(successes * 4, trials * 4L);

    assertThat(interval.contains((double) successes / trials)).isTrue();
    assertThat(interval.low()).isGreaterThanOrEqualTo(0);
    assertThat(interval.high()).isLessThanOrEqualTo(1);
    assertThat(more.high() - more.low()).isLessThan(interval.high() - interval.low());
  }

  @Property(tries = 100)
  void bootstrapContainsTheMean(
      @ForAll @Size(min = 1, max = 50) List<@DoubleRange(min = 0, max = 1) Double> values,
      @ForAll long seed) {
    double[] perProblem = values.stream().mapToDouble(value -> value).toArray();
    double mean = Arrays.stream(perProblem).average().orElseThrow();
    Bootstrap bootstrap = new Bootstrap(seed, 200);

    assertThat(bootstrap.mean(perProblem).contains(mean)).isTrue();
    assertThat(bootstrap.mean(perProblem)).isEqualTo(bootstrap.mean(perProblem));
    assertThat(bootstrap.rate(new double[values.size()]).high()).isGreaterThan(0);
  }

  @Test
  void bootstrapCoversTheTruthAboutAsOftenAsItSays() {
    SplittableRandom random = new SplittableRandom(3);
    int covered = 0;
    for (int i = 0; i < 300; i++) {
      double[] values = random.doubles(60).map(x -> x < 0.4 ? 1 : 0).toArray();
      covered += new Bootstrap(i, 400).mean(values).contains(0.4) ? 1 : 0;
    }
    assertThat(covered).isBetween(265, 299);
  }

  @Test
  void pairingSeesAGainThatHardProblemsHide() {
    double[] before = new SplittableRandom(1).doubles(100).toArray();
    double[] after = Arrays.stream(before).map(value -> value + 0.05).toArray();
    Interval gain = Bootstrap.of(1).difference(before, after);

    assertThat(gain.low()).isCloseTo(0.05, within(1e-9));
    assertThat(gain.high()).isCloseTo(0.05, within(1e-9));
    assertThatThrownBy(() -> Bootstrap.of(1).difference(before, new double[3]))
        .hasMessageContaining("100 problems");
  }
}
