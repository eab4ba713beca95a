package dev.rowan.verify.nano;

import dev.rowan.core.Step;
import dev.rowan.core.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Compares lines with the true ones. */
final class LineCheck {

  private static final int MAX_QUOTE = 60;

  private LineCheck() {}

  /** The verdicts up to and including the first that is not correct. */
  static List<Verdict> verify(NanoProblem problem, List<Step> steps) {
    List<Verdict> verdicts = new ArrayList<>();
    NanoProblem.Progress progress = problem.start();
    for (Step step : steps) {
      List<String> trueLines = progress.trueLines();
      if (!trueLines.contains(step.text())) {
        verdicts.add(notTrue(step.text(), trueLines));
        return verdicts;
      }
      verdicts.add(new Verdict.Correct());
      progress = progress.after(step.text());
    }
    return verdicts;
  }

  /** Every true line after {@code steps}; none if one of these is false. */
  static List<String> continuations(NanoProblem problem, List<Step> steps) {
    NanoProblem.Progress progress = problem.start();
    for (Step step : steps) {
      if (!progress.trueLines().contains(step.text())) {
        return List.of();
      }
      progress = progress.after(step.text());
    }
    return progress.trueLines();
  }

  /** A line that was cut off while it could still have become true is neither true nor false. */
  static Verdict notTrue(String line, List<String> trueLines) {
    if (trueLines.stream().anyMatch(trueLine -> trueLine.startsWith(line))) {
      return new Verdict.Unverifiable("the line is cut off: " + quote(line));
    }
    int computed = line.indexOf(": ");
    return trueLines.stream()
        .filter(trueLine -> computed >= 0 && trueLine.startsWith(line.substring(0, computed + 2)))
        .findFirst()
        .map(trueLine ->
            new Verdict.Incorrect("false: " + quote(line) + "; true: " + quote(trueLine)))
        .orElseGet(() -> new Verdict.Incorrect("false: " + quote(line)));
  }

  static String quote(String line) {
    String text = line.strip();
    return text.length() <= MAX_QUOTE ? text : text.substring(0, MAX_QUOTE) + "…";
  }
}
