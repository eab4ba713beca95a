package dev.rowan.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a batch of roll-outs looks like before anything is learnt from it, by TRL's names. */
final class RolloutStatistics {

  private RolloutStatistics() {}

  /** Mean reward, mean deviation inside a group, share of groups without one, mean length. */
  static Map<String, Double> of(List<RolloutGroup> groups) {
    List<Rollout> rollouts =
        groups.stream().flatMap(group -> group.rollouts().stream()).toList();
    double[] deviations = groups.stream()
        .mapToDouble(group -> GroupAdvantage.standardDeviation(group.rewards()))
        .toArray();
    double deviation = 0;
    double without = 0;
    for (double value : deviations) {
      deviation += value / deviations.length;
      without += value == 0 ? 1.0 / deviations.length : 0;
    }
    Map<String, Double> statistics = new LinkedHashMap<>();
    statistics.put(
        "reward", rollouts.stream().mapToDouble(Rollout::reward).average().orElse(0));
    statistics.put("reward_std", deviation);
    statistics.put("frac_reward_zero_std", without);
    statistics.put(
        "completions/mean_length",
        rollouts.stream().mapToInt(rollout -> rollout.tokens().length).average().orElse(0));
    return statistics;
  }
}
