package dev.rowan.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The plain way to an expectation: all subsets. */
final class Subsets {

  private Subsets() {}

  static double mean(List<Graded> samples, int k, ToDoubleFunction<List<Graded>> accuracy) {
    double sum = 0;
    int count = 0;
    for (int mask = 0; mask < 1 << samples.size(); mask++) {
      if (Integer.bitCount(mask) == k) {
        List<Graded> subset = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
          if ((mask >> i & 1) == 1) {
            subset.add(samples.get(i));
          }
        }
        sum += accuracy.applyAsDouble(subset);
        count++;
      }
    }
    return sum / count;
  }

  static double coverage(List<Graded> subset) {
    return subset.stream().anyMatch(Graded::correct) ? 1 : 0;
  }

  static double best(List<Graded> subset) {
    double most = subset.stream().mapToDouble(Graded::score).max().orElseThrow();
    return share(subset.stream().filter(sample -> sample.score() == most).toList());
  }

  static double majority(List<Graded> subset) {
    return vote(subset, sample -> 1);
  }

  static double weighted(List<Graded> subset) {
    return vote(subset, Graded::score);
  }

  private static double vote(List<Graded> subset, ToDoubleFunction<Graded> weight) {
    Map<String, List<Graded>> camps = new LinkedHashMap<>();
    for (Graded sample : subset) {
      sample
          .answer()
          .ifPresent(a -> camps.computeIfAbsent(a, key -> new ArrayList<>()).add(sample));
    }
    double most = camps.values().stream()
        .mapToDouble(c -> c.stream().mapToDouble(weight).sum())
        .max()
        .orElse(0);
    return camps.values().stream()
        .filter(camp -> camp.stream().mapToDouble(weight).sum() == most)
        .mapToDouble(Subsets::share)
        .average()
        .orElse(0);
  }

  private static double share(List<Graded> samples) {
    return samples.stream()
        .mapToInt(sample -> sample.correct() ? 1 : 0)
        .average()
        .orElse(0);
  }

  /** Samples from digits: the answer is d % 4 (3: none), the score d % 5, and answer 1 is right, or rarely 0. */
  static List<Graded> of(List<Integer> digits) {
    return digits.stream()
        .map(d -> new Graded(
            d % 4 == 1 || d == 8,
            d % 4 == 3 ? Optional.empty() : Optional.of("a" + d % 4),
            d % 5,
            10 + d))
        .toList();
  }
}
