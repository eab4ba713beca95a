package dev.rowan.search;

import dev.rowan.core.Finish;
import dev.rowan.core.Problem;
import dev.rowan.core.ProcessRewardModel;
import dev.rowan.core.RewardModel;
import dev.rowan.core.Score;
import dev.rowan.core.Trajectory;

/**
 * A process reward model's view of a whole chain as the product over its steps: the probability that all of them are true
 * (Lightman et al. 2023). Lies in [0, 1]; a chain that did not come to its end is worth 0.
 *
 * @param prm who judges the steps
 */
public record ProductOfSteps(ProcessRewardModel prm) implements RewardModel {

  @Override
  public Score score(Problem problem, Trajectory trajectory) throws InterruptedException {
    if (trajectory.finish() != Finish.END && trajectory.finish() != Finish.STOP) {
      return Score.of(0);
    }
    return Score.of(
        prm.scoreSteps(problem, trajectory.steps()).stream().reduce(1.0, (a, b) -> a * b));
  }
}
