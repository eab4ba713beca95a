package dev.rowan.core;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a policy continues: a problem and the steps already taken.
 *
 * @param problem the problem
 * @param steps the chain so far; empty at the start
 */
public record Prefix(Problem problem, List<Step> steps) {

  /** Copies the list. */
  public Prefix {
    steps = List.copyOf(steps);
  }

  /** The start of a chain. */
  public static Prefix of(Problem problem) {
    return new Prefix(problem, List.of());
  }

  /** This prefix with one more step. */
  public Prefix plus(Step step) {
    List<Step> longer = new ArrayList<>(steps);
    longer.add(step);
    return new Prefix(problem, longer);
  }
}
