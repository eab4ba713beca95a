package dev.rowan.berry;

import dev.rowan.berry.report.Cost;
import dev.rowan.berry.report.Summary;
import dev.rowan.eval.Bootstrap;
import dev.rowan.model.LlamaWeights;
import dev.rowan.tensor.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Puts the figures of a run together. */
final class SummaryOfRun {

  private final BerryPlan plan;
  private final LlamaWeights weights;

  SummaryOfRun(BerryPlan plan, LlamaWeights weights) {
    this.plan = plan;
    this.weights = weights;
  }

  Summary of(
      Measurement before, Measurement after, List<RoundRecord> rounds, JudgeInTraining.Update judge)
      throws IOException {
    HeldOutScores first = before.scores();
    HeldOutScores last = after.scores();
    double seconds = first.seconds()
        + judge.seconds()
        + last.seconds()
        + sum(rounds, record -> record.round().seconds());
    return new Summary(
        plan.seed(),
        seconds,
        plan.minutes(),
        new Summary.Model(
            weights.count(),
            Torch.fastestMatmulType().toString(),
            weights.config().vocabulary()),
        new Summary.Machine(
            cpu(),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("java.version", "")),
        new Summary.HeldOut("grove", RoundProblems.HARD_GROVE, plan.heldOut()),
        gain(first.passAt1(), last.passAt1()),
        gain(first.greedy(), last.greedy()),
        after.curves(),
        before.curves(),
        levels(first, last),
        cost(before, after, rounds, judge, seconds),
        rounds.stream().map(RoundRecord::round).toList());
  }

  /** The gain on the problems that could be verified before as well as after. */
  private Summary.Gain gain(SortedMap<String, Double> first, SortedMap<String, Double> last) {
    Bootstrap bootstrap = Bootstrap.of(plan.seed());
    SortedMap<String, Double> before = new TreeMap<>(first);
    SortedMap<String, Double> after = new TreeMap<>(last);
    before.keySet().retainAll(last.keySet());
    after.keySet().retainAll(first.keySet());
    double[] old = HeldOutScores.values(before);
    double[] now = HeldOutScores.values(after);
    double was = HeldOutScores.mean(before);
    double is = HeldOutScores.mean(after);
    return new Summary.Gain(
        was,
        is,
        HeldOutScores.around(bootstrap.difference(old, now), is - was),
        HeldOutScores.interval(before, bootstrap),
        HeldOutScores.interval(after, bootstrap));
  }

  private static List<Summary.Level> levels(HeldOutScores before, HeldOutScores after) {
    return before.levels().keySet().stream()
        .map(name -> {
          String[] parts = name.split(" ", 2);
          return new Summary.Level(
              parts[0],
              Integer.parseInt(parts[1]),
              before.levels().getOrDefault(name, 0.0),
              after.levels().getOrDefault(name, 0.0));
        })
        .toList();
  }

  private static Cost cost(
      Measurement before,
      Measurement after,
      List<RoundRecord> rounds,
      JudgeInTraining.Update judge,
      double seconds) {
    double evaluating =
        before.scores().seconds() + after.scores().seconds() + sum(rounds, RoundRecord::evaluating);
    return new Cost(
        rounds.stream().mapToLong(record -> record.round().rollouts()).sum(),
        rounds.stream().mapToLong(record -> record.round().kept()).sum(),
        before.tokens()
            + judge.tokens()
            + after.tokens()
            + rounds.stream().mapToLong(record -> record.round().tokens()).sum(),
        before.forwardPasses()
            + after.forwardPasses()
            + rounds.stream().mapToLong(RoundRecord::forwardPasses).sum(),
        rounds.isEmpty() ? 0 : rounds.getLast().backwardPasses(),
        new Cost.Shares(
            sum(rounds, RoundRecord::sampling) / seconds,
            sum(rounds, RoundRecord::verifying) / seconds,
            (sum(rounds, RoundRecord::training) + judge.seconds()) / seconds,
            evaluating / seconds));
  }

  private static double sum(List<RoundRecord> rounds, ToDoubleFunction<RoundRecord> part) {
    return rounds.stream().mapToDouble(part).sum();
  }

  private static String cpu() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.exists(info)) {
      return System.getProperty("os.arch", "unknown");
    }
    try (Stream<String> lines = Files.lines(info)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    }
  }
}
