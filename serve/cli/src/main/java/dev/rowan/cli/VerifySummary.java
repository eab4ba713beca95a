package dev.rowan.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a whole file of answers adds up to. */
final class VerifySummary {

  private static final int MOST_CAUSES = 10;

  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private final Map<String, Integer> causes = new LinkedHashMap<>();
  private final Times times = new Times();
  private boolean allReadable = true;

  VerifySummary() {
    for (String word : List.of("correct", "incorrect", "unverifiable")) {
      counts.put(word, 0);
    }
  }

  void add(VerifyResult result) {
    allReadable &= result.readable();
    counts.merge(result.word(), 1, Integer::sum);
    if (result.readable()) {
      times.add(result.millis());
    }
    if (result.word().equals("unverifiable")) {
      causes.merge(cause(result.reason()), 1, Integer::sum);
    }
  }

  /** The part of a cause that says what kind it is: what is quoted after the colon differs from line to line. */
  private static String cause(String reason) {
    int colon = reason.indexOf(": ");
    return (colon < 0 ? reason : reason.substring(0, colon)).replaceFirst("^line \\d+", "a line");
  }

  boolean isEmpty() {
    return counts.values().stream().allMatch(count -> count == 0);
  }

  /** Whether no line was bad. */
  boolean allReadable() {
    return allReadable;
  }

  int correct() {
    return counts.getOrDefault("correct", 0);
  }

  /** Counts, times and causes, as lines. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    StringBuilder all = new StringBuilder("verdicts  ");
    counts.forEach((word, count) -> all.append(count).append(' ').append(word).append(", "));
    lines.add(all.substring(0, all.length() - 2));
    if (times.count() > 0) {
      lines.add(String.format(
          Locale.ROOT,
          "time      p50 %.3f ms, p95 %.3f ms",
          times.quantile(0.5),
          times.quantile(0.95)));
    }
    causes.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(MOST_CAUSES)
        .forEach(cause -> lines.add("cause     " + cause.getValue() + " x " + cause.getKey()));
    return lines;
  }
}
