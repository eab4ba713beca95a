package dev.rowan.eval;

import dev.rowan.core.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The chance that a vote of k samples, each weighing its score, comes out right: a mean over random subsets, the same
 * ones for the same seed. A tie is broken evenly.
 *
 * @param seed of the subsets
 * @param resamples how many subsets are drawn
 */
public record WeightedVoteAtK(long seed, int resamples) implements AtK {

  /** All samples of a subset with one answer. */
  private record Camp(double weight, int size, int right) {

    Camp plus(Graded sample) {
      return new Camp(weight + sample.score(), size + 1, right + (sample.correct() ? 1 : 0));
    }
  }

  @Override
  public double expected(List<Graded> samples, int k) {
    if (k < 1 || k > samples.size()) {
      throw new IllegalArgumentException("cannot draw " + k + " of " + samples.size() + " samples");
    }
    SplittableRandom random = new SplittableRandom(Seeds.derive(seed, k));
    List<Graded> pool = new ArrayList<>(samples);
    double sum = 0;
    for (int i = 0; i < resamples; i++) {
      for (int drawn = 0; drawn < k; drawn++) {
        int other = random.nextInt(drawn, pool.size());
        Graded chosen = pool.get(other);
        pool.set(other, pool.get(drawn));
        pool.set(drawn, chosen);
      }
      sum += accuracy(pool.subList(0, k));
    }
    return sum / resamples;
  }

  private static double accuracy(List<Graded> voters) {
    Map<String, Camp> camps = new LinkedHashMap<>();
    // In the order of their scores: then a sum does not depend on the order in which samples were
    // drawn.
    voters.stream().sorted(Comparator.comparingDouble(Graded::score)).forEach(voter -> {
      if (!(voter.score() >= 0)) {
        throw new IllegalArgumentException(
            "a vote cannot have the weight " + voter.score() + ": give 0 or more");
      }
      voter
          .answer()
          .ifPresent(answer ->
              camps.put(answer, camps.getOrDefault(answer, new Camp(0, 0, 0)).plus(voter)));
    });
    double most = camps.values().stream().mapToDouble(Camp::weight).max().orElse(0);
    return camps.values().stream()
        .filter(camp -> camp.weight == most)
        .mapToDouble(camp -> (double) camp.right / camp.size)
        .average()
        .orElse(0);
  }
}
