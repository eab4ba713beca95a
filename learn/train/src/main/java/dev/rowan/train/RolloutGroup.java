package dev.rowan.train;

import java.util.List;

/**
 * All roll-outs of one prompt.
 *
 * @param prompt its ids, at least 1
 * @param rollouts what was sampled from it; those whose reward is unknown are left out
 */
public record RolloutGroup(int[] prompt, List<Rollout> rollouts) {

  /** Copies the list. */
  public RolloutGroup {
    rollouts = List.copyOf(rollouts);
  }

  double[] rewards() {
    return rollouts.stream().mapToDouble(Rollout::reward).toArray();
  }
}
