package dev.rowan.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * maj@k: the chance that the most frequent answer of k samples is right. Exact over all subsets; a tie is broken evenly.
 * Samples without an answer are drawn, but do not vote; if none votes, nothing is answered. Where samples with the same
 * answer differ in correctness, one of them is drawn to speak for it.
 */
public final class MajorityAtK {

  /** Beyond this the number of subsets leaves the range of a double. */
  private static final int MAX_SAMPLES = 1000;

  /** Samples with the same answer. */
  private record Camp(int size, int right) {

    Camp plus(Graded sample) {
      return new Camp(size + 1, right + (sample.correct() ? 1 : 0));
    }
  }

  private MajorityAtK() {}

  /** The expectation over all subsets of k samples. */
  public static double expected(List<Graded> samples, int k) {
    int n = samples.size();
    if (k < 1 || k > n || n > MAX_SAMPLES) {
      throw new IllegalArgumentException(
          "cannot draw " + k + " of " + n + " samples: choose 1 to " + Math.min(n, MAX_SAMPLES));
    }
    Map<String, Camp> byAnswer = new LinkedHashMap<>();
    for (Graded sample : samples) {
      sample
          .answer()
          .ifPresent(answer ->
              byAnswer.put(answer, byAnswer.getOrDefault(answer, new Camp(0, 0)).plus(sample)));
    }
    List<Camp> camps = List.copyOf(byAnswer.values());
    int silent = n - camps.stream().mapToInt(Camp::size).sum();
    double[][] choose = binomials(n);
    double ways = 0;
    for (int camp = 0; camp < camps.size(); camp++) {
      if (camps.get(camp).right > 0) {
        ways += waysToWin(camps, camp, silent, k, choose)
            * camps.get(camp).right
            / camps.get(camp).size;
      }
    }
    return ways / choose[n][k];
  }

  /** In how many subsets of k samples this camp wins; a subset in which t others are level counts 1/(1+t). */
  private static double waysToWin(
      List<Camp> camps, int winner, int silent, int k, double[][] choose) {
    List<Camp> others = new ArrayList<>(camps);
    int size = others.remove(winner).size;
    double ways = 0;
    for (int votes = 1; votes <= Math.min(size, k); votes++) {
      double[][] rest = waysBelow(others, votes, k - votes, choose);
      for (int mute = 0; mute <= Math.min(silent, k - votes); mute++) {
        for (int ties = 0; ties < rest[0].length; ties++) {
          ways += choose[size][votes]
              * choose[silent][mute]
              * rest[k - votes - mute][ties]
              / (1 + ties);
        }
      }
    }
    return ways;
  }

  /** {@code [d][t]}: ways to draw d samples from the camps, at most {@code votes} from each, exactly so many from t. */
  private static double[][] waysBelow(List<Camp> camps, int votes, int draws, double[][] choose) {
    int mostTies = draws / votes;
    double[][] ways = new double[draws + 1][mostTies + 1];
    ways[0][0] = 1;
    for (Camp camp : camps) {
      double[][] next = new double[draws + 1][mostTies + 1];
      for (int more = 0; more <= Math.min(camp.size, votes); more++) {
        int tie = more == votes ? 1 : 0;
        for (int before = 0; before + more <= draws; before++) {
          for (int ties = 0; ties + tie <= mostTies; ties++) {
            next[before + more][ties + tie] += ways[before][ties] * choose[camp.size][more];
          }
        }
      }
      ways = next;
    }
    return ways;
  }

  private static double[][] binomials(int n) {
    double[][] choose = new double[n + 1][n + 1];
    for (int i = 0; i <= n; i++) {
      choose[i][0] = 1;
      for (int j = 1; j <= i; j++) {
        choose[i][j] = choose[i - 1][j - 1] + choose[i - 1][j];
      }
    }
    return choose;
  }
}
