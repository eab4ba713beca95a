package dev.rowan.berry.report;

import java.util.List;

/**
 * What the trained policy solves for more compute at test time. A curve that was not measured is empty.
 *
 * @param coverage share of the problems that at least one of n samples solves (pass@n)
 * @param majority the most frequent answer of n samples
 * @param meanLogProb the sample of highest mean log-probability
 * @param bestOfN the sample that the process reward model scores highest
 * @param weightedVote a vote in which every sample weighs what the process reward model gives it
 * @param stepSearch several candidates a line, of which the process reward model keeps one
 * @param goBack lines that the process reward model scores low are taken back
 * @param verifierBestOfN countdown: n samples, checked by the verifier
 * @param earlyStop countdown: chains stopped at their first illegal line
 * @param treeSearch countdown: step-level Monte Carlo roll-outs
 */
public record Curves(
    List<Point.BySamples> coverage,
    List<Point.BySamples> majority,
    List<Point.BySamples> meanLogProb,
    List<Point.BySamples> bestOfN,
    List<Point.BySamples> weightedVote,
    List<Point.ByCandidates> stepSearch,
    List<Point.GoingBack> goBack,
    List<Point.BySamples> verifierBestOfN,
    List<Point.EarlyStop> earlyStop,
    List<Point.BySamples> treeSearch) {

  /** Copies the lists. */
  public Curves {
    coverage = List.copyOf(coverage);
    majority = List.copyOf(majority);
    meanLogProb = List.copyOf(meanLogProb);
    bestOfN = List.copyOf(bestOfN);
    weightedVote = List.copyOf(weightedVote);
    stepSearch = List.copyOf(stepSearch);
    goBack = List.copyOf(goBack);
    verifierBestOfN = List.copyOf(verifierBestOfN);
    earlyStop = List.copyOf(earlyStop);
    treeSearch = List.copyOf(treeSearch);
  }
}
