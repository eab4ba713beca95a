package dev.rowan.eval;

import java.util.Comparator;
import java.util.List;

/** Best-of-k: the chance that the sample of highest score among k is right. Exact; among equals all are as likely. */
public final class BestOfKByScore {

  private BestOfKByScore() {}

  /** The expectation over all subsets of k samples. A score that is NaN counts as the lowest. */
  public static double expected(List<Graded> samples, int k) {
    List<Graded> worstFirst = samples.stream()
        .sorted(Comparator.comparingDouble(BestOfKByScore::score))
        .toList();
    int n = samples.size();
    double expected = 0;
    double before = 0;
    for (int start = 0, end; start < n; start = end) {
      int right = 0;
      for (end = start;
          end < n && score(worstFirst.get(end)) == score(worstFirst.get(start));
          end++) {
        right += worstFirst.get(end).correct() ? 1 : 0;
      }
      // The best of k is one of these equals if all k come from them and those below, but not all
      // from those below.
      double upToHere = PassAtK.shareOfSubsets(n, end, k);
      expected += (upToHere - before) * right / (end - start);
      before = upToHere;
    }
    return expected;
  }

  private static double score(Graded sample) {
    return Double.isNaN(sample.score()) ? Double.NEGATIVE_INFINITY : sample.score();
  }
}
