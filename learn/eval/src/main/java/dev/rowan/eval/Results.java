package dev.rowan.eval;

import dev.rowan.core.RewardModel;
import dev.rowan.core.Trajectory;
import dev.rowan.core.Usage;
import dev.rowan.core.Verdict;
import dev.rowan.search.RollOuts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an evaluation found.
 *
 * @param samples every attempt, problem by problem
 */
public record Results(List<Sample> samples) {

  /** Copies the list. */
  public Results {
    samples = List.copyOf(samples);
  }

  /** Number of samples that are right. */
  public long correct() {
    return samples.stream().filter(sample -> sample.verdict().isCorrect()).count();
  }

  /** Number of samples that are wrong. */
  public long incorrect() {
    return samples.stream()
        .filter(sample -> sample.verdict() instanceof Verdict.Incorrect)
        .count();
  }

  /** Number of samples that nobody could verify; they are in no rate. */
  public long unverifiable() {
    return samples.stream().filter(sample -> !sample.isVerified()).count();
  }

  /** What all samples cost together. */
  public Usage usage() {
    return samples.stream().map(Sample::usage).reduce(Usage.ZERO, Usage::plus);
  }

  /** The share of each problem's verified samples that are right, by problem id; problems without any are missing. */
  public Map<String, Double> accuracyByProblem() {
    Map<String, Double> accuracy = new LinkedHashMap<>();
    byProblem(new double[samples.size()])
        .forEach((id, graded) -> accuracy.put(
            id,
            graded.stream()
                .mapToInt(sample -> sample.correct() ? 1 : 0)
                .average()
                .orElseThrow()));
    return accuracy;
  }

  /** Mean over problems of the share of their samples that are right (pass@1); NaN if nothing could be verified. */
  public double accuracy() {
    return accuracyByProblem().values().stream()
        .mapToDouble(rate -> rate)
        .average()
        .orElse(Double.NaN);
  }

  /** The interval of {@link #accuracy} over problems; empty if nothing could be verified. */
  public Optional<Interval> accuracyInterval(Bootstrap bootstrap) {
    double[] values = values(accuracyByProblem().values());
    return values.length == 0 ? Optional.empty() : Optional.of(bootstrap.rate(values));
  }

  /** The interval of the gain in accuracy since {@code before}, paired over the problems that both could verify. */
  public Optional<Interval> gainSince(Results before, Bootstrap bootstrap) {
    Map<String, Double> old = before.accuracyByProblem();
    Map<String, Double> now = accuracyByProblem();
    List<String> common = old.keySet().stream().filter(now::containsKey).toList();
    return common.isEmpty()
        ? Optional.empty()
        : Optional.of(bootstrap.difference(valuesOf(old, common), valuesOf(now, common)));
  }

  /** Coverage: the share of problems that at least one of k samples solves. */
  public Curve coverage(List<Integer> ks, Bootstrap bootstrap) {
    return Curve.of("coverage", graded(), ks, PassAtK::expected, bootstrap);
  }

  /** The most frequent answer of k samples. */
  public Curve majority(List<Integer> ks, Bootstrap bootstrap) {
    return Curve.of("majority", graded(), ks, MajorityAtK::expected, bootstrap);
  }

  /** The verified samples of each problem that has any, without scores. */
  public List<List<Graded>> graded() {
    return graded(new double[samples.size()]);
  }

  /** The verified samples of each problem that has any, with these scores, one for each of {@link #samples}. */
  public List<List<Graded>> graded(double[] scores) {
    return List.copyOf(byProblem(scores).values());
  }

  /**
   * A reward model's score of every sample's chain, in the order of {@link #samples}; negative infinity where there is
   * none. At most {@code atOnce} are scored at a time.
   */
  public double[] scores(RewardModel reward, int atOnce) throws InterruptedException {
    return values(
        RollOuts.run(samples.size(), atOnce, i -> score(reward, samples.get(i)), (i, score) -> {}));
  }

  private static double score(RewardModel reward, Sample sample) throws InterruptedException {
    Optional<Trajectory> chain = sample.chain();
    return chain.isPresent()
        ? reward.score(sample.problem(), chain.get()).value()
        : Double.NEGATIVE_INFINITY;
  }

  private Map<String, List<Graded>> byProblem(double[] scores) {
    if (scores.length != samples.size()) {
      throw new IllegalArgumentException(
          scores.length + " scores for " + samples.size() + " samples");
    }
    Map<String, List<Graded>> problems = new LinkedHashMap<>();
    for (int i = 0; i < scores.length; i++) {
      Sample sample = samples.get(i);
      if (sample.isVerified()) {
        problems
            .computeIfAbsent(sample.problem().id(), id -> new ArrayList<>())
            .add(sample.graded(scores[i]));
      }
    }
    return problems;
  }

  private static double[] valuesOf(Map<String, Double> values, List<String> keys) {
    return keys.stream()
        .mapToDouble(key -> values.getOrDefault(key, Double.NaN))
        .toArray();
  }

  private static double[] values(Collection<Double> values) {
    return values.stream().mapToDouble(value -> value).toArray();
  }
}
