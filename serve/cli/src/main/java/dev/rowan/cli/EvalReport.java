package dev.rowan.cli;

import dev.rowan.core.Usage;
import dev.rowan.eval.Bootstrap;
import dev.rowan.eval.Curve;
import dev.rowan.eval.Interval;
import dev.rowan.eval.Point;
import dev.rowan.eval.Results;
import dev.rowan.eval.Sample;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an evaluation comes to, for people.
 *
 * @param results what was found
 * @param samples attempts at each problem
 * @param spent what all of them cost
 * @param time how long it took
 * @param seed of the intervals
 */
record EvalReport(Results results, int samples, Usage spent, Duration time, long seed) {

  void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "samples   %,d: %,d right, %,d wrong",
        results.samples().size(),
        results.correct(),
        results.incorrect());
    out.println(
        results.unverifiable() > 0
            ? ", " + results.unverifiable() + " unverifiable (in no rate)"
            : "");
    Bootstrap bootstrap = Bootstrap.of(seed);
    Optional<Interval> interval = results.accuracyInterval(bootstrap);
    out.println("accuracy  "
        + interval.map(i -> rate(results.accuracy(), i)).orElse("unknown: nothing was verifiable"));
    if (samples > 1 && interval.isPresent()) {
      List<Integer> ks = Curve.doublingsUpTo(samples);
      results
          .coverage(ks, bootstrap)
          .points()
          .forEach(point -> out.println(row("coverage", point)));
      results
          .majority(ks, bootstrap)
          .points()
          .forEach(point -> out.println(row("majority", point)));
    }
    double seconds = Math.max(1e-3, time.toMillis() / 1000.0);
    out.printf(Locale.ROOT, "speed     %,.0f tokens/s%n", spent.completionTokens() / seconds);
    out.println("cost      " + Figures.cost(spent, time));
    failures().ifPresent(out::println);
    out.flush();
  }

  private static String rate(double value, Interval interval) {
    return Figures.percent(value) + "  [" + Figures.percent(interval.low()) + ", "
        + Figures.percent(interval.high()) + "]";
  }

  private static String row(String name, Point point) {
    return String.format(Locale.ROOT, "%-14s", name + "@" + point.samples())
        + rate(point.value(), new Interval(point.low(), point.high()));
  }

  private Optional<String> failures() {
    List<Sample> failed = results.samples().stream()
        .filter(sample -> sample.failure().isPresent())
        .toList();
    return failed.stream()
        .findFirst()
        .flatMap(Sample::failure)
        .map(first -> "note      " + failed.size() + " samples failed, the first because "
            + first.getMessage());
  }
}
