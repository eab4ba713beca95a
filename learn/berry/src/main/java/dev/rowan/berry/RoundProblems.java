package dev.rowan.berry;

import dev.rowan.core.Problem;
import dev.rowan.core.Seeds;
import dev.rowan.data.nano.Countdown;
import dev.rowan.data.nano.Family;
import dev.rowan.data.nano.Grove;
import dev.rowan.data.nano.Split;
import java.util.List;
import java.util.stream.IntStream;

/** The problems that a round trains on: mostly of the hard levels, none of them held out. */
public final class RoundProblems {

  /** The level of grove that a run is about. */
  public static final int HARD_GROVE = 7;

  /** The level of countdown that a run is about. */
  public static final int HARD_COUNTDOWN = 3;

  private RoundProblems() {}

  /** {@code count} problems, a function of {@code seed} and {@code round}. */
  static List<Problem> of(int count, long seed, int round) {
    long own = Seeds.derive(Seeds.derive(seed, "problems"), round);
    return IntStream.range(0, count).mapToObj(i -> problem(i, own)).toList();
  }

  private static Problem problem(int i, long seed) {
    Family family = i % 4 == 3 ? new Countdown() : Grove.plain();
    return family.example(level(i), Split.TRAIN, seed, i).problem();
  }

  /** Of eight, five are of grove's hard level, one of the level before; one of countdown's, one of the level after. */
  private static int level(int i) {
    return switch (i % 8) {
      case 3 -> HARD_COUNTDOWN + 1;
      case 7 -> HARD_COUNTDOWN;
      case 4 -> HARD_GROVE - 1;
      default -> HARD_GROVE;
    };
  }
}
