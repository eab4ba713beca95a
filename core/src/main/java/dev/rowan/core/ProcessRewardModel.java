package dev.rowan.core;

import java.util.List;

/**
 * A reward model that judges every step (PRM; Lightman et al. 2023, "Let's Verify Step by Step"). Safe for use by any
 * number of threads; concurrent calls are batched underneath.
 */
public interface ProcessRewardModel {

  /** For each step from {@code from} on, the probability in [0, 1] that it is true given the true steps before it. */
  List<Double> scoreSteps(Problem problem, List<Step> steps, int from) throws InterruptedException;

  /** For each step the probability that it is true given the true steps before it. */
  default List<Double> scoreSteps(Problem problem, List<Step> steps) throws InterruptedException {
    return scoreSteps(problem, steps, 0);
  }
}
