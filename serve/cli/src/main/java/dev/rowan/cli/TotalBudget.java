package dev.rowan.cli;

import dev.rowan.core.Budget;
import dev.rowan.core.BudgetSpentException;
import dev.rowan.core.Completion;
import dev.rowan.core.Finish;
import dev.rowan.core.Policy;
import dev.rowan.core.PolicyException;
import dev.rowan.core.PolicyException.Reason;
import dev.rowan.core.Prefix;
import dev.rowan.core.Sampling;
import dev.rowan.core.TokenListener;

/**
 * Lets many attempts spend from one budget. An attempt that it does not pay for to the end has failed: its chain says
 * nothing about the policy, and must not count as a wrong answer.
 *
 * @param policy what writes
 * @param total what all attempts spend from, whatever budget they bring
 */
record TotalBudget(Policy policy, Budget total) implements Policy {

  @Override
  public Completion complete(
      Prefix prefix, Sampling sampling, Budget budget, TokenListener listener)
      throws InterruptedException {
    try {
      Completion completion = policy.complete(prefix, sampling, total, listener);
      if (completion.finish() == Finish.BUDGET) {
        throw new PolicyException(Reason.REFUSED, "the budget ran out in the middle of the chain");
      }
      return completion;
    } catch (BudgetSpentException e) {
      throw new PolicyException(Reason.REFUSED, String.valueOf(e.getMessage()));
    }
  }
}
