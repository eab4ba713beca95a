package dev.rowan.eval;

import java.util.ArrayList;
import java.util.List;

/**
 * Accuracy over the number of samples.
 *
 * @param name what uses the samples, such as {@code "majority"}
 * @param points by rising number of samples
 */
public record Curve(String name, List<Point> points) {

  /** Copies the list. */
  public Curve {
    points = List.copyOf(points);
  }

  /**
   * The curve of an estimator, averaged over problems.
   *
   * @param name what uses the samples
   * @param problems the verified samples of each problem
   * @param ks numbers of samples; one that no problem has is left out, and a point sees only problems that have as many
   * @param estimator what k samples come to
   * @param bootstrap for the intervals
   */
  public static Curve of(
      String name,
      List<List<Graded>> problems,
      List<Integer> ks,
      AtK estimator,
      Bootstrap bootstrap) {
    List<Point> points = new ArrayList<>();
    for (int k : ks) {
      List<List<Graded>> enough =
          problems.stream().filter(samples -> samples.size() >= k).toList();
      if (!enough.isEmpty()) {
        double[] values = enough.stream()
            .mapToDouble(samples -> estimator.expected(samples, k))
            .toArray();
        double tokens =
            k * enough.stream().mapToDouble(Curve::meanTokens).average().orElseThrow();
        points.add(Point.of(k, tokens, values, bootstrap));
      }
    }
    return new Curve(name, points);
  }

  private static double meanTokens(List<Graded> samples) {
    return samples.stream().mapToLong(Graded::tokens).average().orElse(0);
  }

  /** 1, 2, 4, … up to {@code most}, which is the last. */
  public static List<Integer> doublingsUpTo(int most) {
    List<Integer> ks = new ArrayList<>();
    for (int k = 1; k < most; k *= 2) {
      ks.add(k);
    }
    ks.add(most);
    return List.copyOf(ks);
  }
}
