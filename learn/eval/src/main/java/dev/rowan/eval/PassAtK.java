package dev.rowan.eval;

import java.util.List;

/** Coverage: the chance that at least one of k samples is right (Chen et al. 2021, "Codex"), without bias. */
public final class PassAtK {

  private PassAtK() {}

  /**
   * 1 - C(n-c, k) / C(n, k).
   *
   * @param n samples
   * @param c right ones among them
   * @param k how many would be drawn
   * @throws IllegalArgumentException if k is not in 1..n or c not in 0..n
   */
  public static double estimate(int n, int c, int k) {
    if (c < 0 || c > n) {
      throw new IllegalArgumentException(c + " right of " + n + " samples cannot be");
    }
    return 1 - shareOfSubsets(n, n - c, k);
  }

  /** {@link #estimate} as an {@link AtK}. */
  public static double expected(List<Graded> samples, int k) {
    return estimate(
        samples.size(), (int) samples.stream().filter(Graded::correct).count(), k);
  }

  /** The share of the subsets of {@code k} out of {@code n} that lie within {@code m} of them: C(m, k) / C(n, k). */
  static double shareOfSubsets(int n, int m, int k) {
    if (k < 1 || k > n) {
      throw new IllegalArgumentException(
          "cannot draw " + k + " of " + n + " samples: choose 1 to " + n);
    }
    double share = 1;
    for (int i = 0; i < k; i++) {
      share *= Math.max(0, m - i) / (double) (n - i);
    }
    return share;
  }
}
