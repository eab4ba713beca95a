package dev.rowan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class ScheduleTest {

  private static final Offset<Double> EXACT = within(1e-12);

  @Test
  void allRiseOverTheWarmUp() {
    for (Schedule schedule : new Schedule[] {
      Schedule.constant(2, 4), Schedule.cosine(2, 4, 0.1), Schedule.linear(2, 4, 0.1)
    }) {
      assertThat(schedule.rate(0, 0)).isCloseTo(0.5, EXACT);
      assertThat(schedule.rate(3, 0)).isCloseTo(2, EXACT);
    }
  }

  @Test
  void cosineEndsAtItsFloor() {
    Schedule cosine = Schedule.cosine(2, 4, 0.1);
    assertThat(cosine.rate(50, 0.5)).isCloseTo(1.1, EXACT);
    assertThat(cosine.rate(100, 1)).isCloseTo(0.2, EXACT);
    assertThat(cosine.rate(101, 1.2)).isCloseTo(0.2, EXACT);
  }

  @Test
  void linearStopsAtItsFloor() {
    Schedule linear = Schedule.linear(2, 4, 0.1);
    assertThat(linear.rate(50, 0.5)).isCloseTo(1, EXACT);
    assertThat(linear.rate(100, 1)).isCloseTo(0.2, EXACT);
  }
}
