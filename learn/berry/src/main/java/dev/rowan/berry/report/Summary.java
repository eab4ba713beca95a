package dev.rowan.berry.report;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * Every figure of a run: {@code summary.json}. Rates are within [0, 1], intervals are 95 %. The fields of
 * {@link Curves} and {@link Cost} stand at the top level of the file.
 *
 * @param seed the number that the run is a function of
 * @param seconds wall-clock time, over all of its sittings
 * @param minutes the time that it was given
 * @param model the policy
 * @param machine where it ran
 * @param heldOut the problems that rates are measured on, unless they say otherwise; training never sees them
 * @param passAt1 single samples at temperature 1
 * @param greedy the likeliest chain
 * @param curves the trained policy's test-time curves
 * @param warmStart the same curves of the policy before training
 * @param levels single samples at temperature 1, by level
 * @param cost what it cost
 * @param rounds the rounds, in order
 */
public record Summary(
    long seed,
    double seconds,
    double minutes,
    Model model,
    Machine machine,
    HeldOut heldOut,
    Gain passAt1,
    Gain greedy,
    @JsonUnwrapped Curves curves,
    Curves warmStart,
    List<Level> levels,
    @JsonUnwrapped Cost cost,
    List<Round> rounds) {

  /** Checks the figures and copies the lists. */
  public Summary {
    Check.amount("seconds", seconds);
    Check.amount("minutes", minutes);
    levels = List.copyOf(levels);
    rounds = List.copyOf(rounds);
  }

  /** The policy: its size, the type of its weights, and how many tokens it knows. */
  public record Model(long parameters, String dtype, int vocabulary) {

    /** Checks the figures. */
    public Model {
      Check.count("parameters", parameters);
      Check.count("vocabulary", vocabulary);
    }
  }

  /** The machine: its processor, the cores that the run could use, and the Java version. */
  public record Machine(String cpu, int cores, String jdk) {

    /** Checks the figures. */
    public Machine {
      Check.count("cores", cores, 1, Integer.MAX_VALUE);
    }
  }

  /** The held-out problems: their family, level and number. */
  public record HeldOut(String family, int level, int problems) {

    /** Checks the figures. */
    public HeldOut {
      Check.count("problems", problems, 1, Integer.MAX_VALUE);
    }
  }

  /**
   * A rate before and after training.
   *
   * @param interval the 95 % interval of the gain, paired over problems
   * @param beforeInterval the 95 % interval of {@code before}
   * @param afterInterval the 95 % interval of {@code after}
   */
  public record Gain(
      double before,
      double after,
      Interval interval,
      Interval beforeInterval,
      Interval afterInterval) {

    /** Checks the figures. */
    public Gain {
      Check.rate("before", before);
      Check.rate("after", after);
      interval.around("the gain", after - before);
      beforeInterval.around("before", before);
      afterInterval.around("after", after);
    }
  }

  /** pass@1 of one level of a family before and after training. */
  public record Level(String family, int level, double before, double after) {

    /** Checks the figures. */
    public Level {
      Check.rate("before", before);
      Check.rate("after", after);
    }
  }
}
