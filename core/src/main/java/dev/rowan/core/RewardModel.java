package dev.rowan.core;

/**
 * Says how good a chain looks. An outcome reward model judges the whole. Safe for use by any number of threads; concurrent
 * calls are batched underneath.
 */
@FunctionalInterface
public interface RewardModel {

  /** The score of a chain. */
  Score score(Problem problem, Trajectory trajectory) throws InterruptedException;
}
