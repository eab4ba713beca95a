package dev.rowan.berry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.core.Problem;
import dev.rowan.data.nano.Split;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RoundProblemsTest {

  @Property(tries = 30)
  void noneIsHeldOutAndSeedAndRoundDecide(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 50) int round) {
    List<Problem> problems = RoundProblems.of(16, seed, round);
    assertThat(problems).hasSize(16).allMatch(problem -> Split.of(problem) == Split.TRAIN);
    assertThat(RoundProblems.of(16, seed, round)).isEqualTo(problems);
    assertThat(RoundProblems.of(16, seed, round + 1)).isNotEqualTo(problems);
    assertThat(RoundProblems.of(16, seed + 1, round)).isNotEqualTo(problems);
    assertThat(RoundProblems.of(8, seed, round)).isEqualTo(problems.subList(0, 8));
  }

  @Test
  void roundsAndExamsShareNoProblem() {
    Set<String> exam = Stream.concat(
            Examiner.hardProblems(300).stream(), Examiner.countdownProblems(300).stream())
        .map(Problem::question)
        .collect(Collectors.toSet());
    assertThat(exam).hasSize(600);
    assertThat(RoundProblems.of(512, 1, 1))
        .extracting(Problem::question)
        .doesNotContainAnyElementsOf(exam);
  }
}
