package dev.rowan.core;

/**
 * Turns compute into a better answer: plain sequential code that calls policies, verifiers and reward models from as many
 * virtual threads as it wants.
 */
@FunctionalInterface
public interface Strategy {

  /**
   * Searches for a solution. When the budget is spent, returns the best answer so far and says so.
   *
   * @param problem what to solve
   * @param seed the same seed, policy and settings give the same solution
   * @param budget what may be spent
   * @param listener hears the tree
   * @throws InterruptedException if the calling thread was interrupted; every roll-out underneath was given up
   */
  Solution solve(Problem problem, long seed, Budget budget, SearchListener listener)
      throws InterruptedException;
}
