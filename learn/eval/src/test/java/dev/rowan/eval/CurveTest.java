package dev.rowan.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CurveTest {

  @Test
  void allSolvedIsOneForAnyNumberOfProblems() {
    List<Graded> solved = List.of(new Graded(true, Optional.empty(), 0, 10));
    for (int problems = 1; problems <= 100; problems++) {
      Curve curve = Curve.of(
          "coverage",
          Collections.nCopies(problems, solved),
          List.of(1),
          PassAtK::expected,
          Bootstrap.of(1));
      Point point = curve.points().getFirst();
      assertThat(point.value()).isEqualTo(1);
      assertThat(point.high()).isEqualTo(1);
      assertThat(point.low()).isPositive().isLessThan(1);
    }
  }
}
