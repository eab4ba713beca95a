package dev.rowan.verify.judge;

import dev.rowan.core.Answer;
import dev.rowan.core.Budget;
import dev.rowan.core.Problem;

/** Has opinions on answers. Safe for use by any number of threads. */
@FunctionalInterface
public interface Judge {

  /**
   * What this judge thinks.
   *
   * @param budget is charged for what it costs to think
   * @throws dev.rowan.core.BudgetSpentException if nothing is left to spend
   * @throws dev.rowan.core.PolicyException if the model cannot answer
   * @throws InterruptedException if the calling thread was interrupted
   */
  Opinion judge(Problem problem, Answer answer, Budget budget) throws InterruptedException;
}
