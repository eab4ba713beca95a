package dev.rowan.core;

/**
 * The model that acts. Implementations are safe for use by any number of threads at once; callers start a virtual thread
 * per roll-out and call this as plain sequential code.
 */
@FunctionalInterface
public interface Policy {

  /**
   * Continues a chain.
   *
   * @param prefix the problem and the steps so far
   * @param sampling how to draw tokens
   * @param budget charged before the work, settled after
   * @param listener hears each token
   * @throws BudgetSpentException if nothing is left to spend; no work was done
   * @throws PolicyException if the policy cannot answer: prompt too long, endpoint down
   * @throws InterruptedException if the calling thread was interrupted: the work was given up, what it cost is settled
   */
  Completion complete(Prefix prefix, Sampling sampling, Budget budget, TokenListener listener)
      throws InterruptedException;
}
