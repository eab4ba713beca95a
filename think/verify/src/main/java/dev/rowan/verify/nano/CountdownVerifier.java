package dev.rowan.verify.nano;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Step;
import dev.rowan.core.StepVerifier;
import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import java.util.ArrayList;
import java.util.List;

/**
 * Verifies solutions of countdown problems by playing them: every line must be a legal move, and the last one must state
 * the target when it alone is left. A line is true if it is a legal move, even into a dead end.
 */
public final class CountdownVerifier implements Verifier, StepVerifier {

  private static final Verdict NOT_COUNTDOWN =
      new Verdict.Unverifiable("the prompt is no countdown problem");

  @Override
  public Verdict verify(Problem problem, Answer answer) {
    return CountdownProblem.parse(problem.question())
        .map(countdown -> verify(countdown, answer))
        .orElse(NOT_COUNTDOWN);
  }

  Verdict verify(CountdownProblem problem, Answer answer) {
    NanoProblem.Progress progress = problem.start();
    int number = 1;
    for (String raw : lines(answer.text())) {
      String line = raw.startsWith("#### ") ? raw.stripTrailing() : raw;
      if (!progress.trueLines().contains(line)) {
        String reason = line.startsWith("#### ") ? " does not follow" : " is no legal move";
        return new Verdict.Incorrect(
            "line " + number + ", " + LineCheck.quote(line) + "," + reason);
      }
      progress = progress.after(line);
      number++;
    }
    return progress instanceof NanoProblem.Finished
        ? new Verdict.Correct()
        : new Verdict.Incorrect("no final answer");
  }

  /** The lines of a text, each with its line break if it has one. */
  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int lineBreak = text.indexOf('\n', start);
      int end = lineBreak < 0 ? text.length() : lineBreak + 1;
      lines.add(text.substring(start, end));
      start = end;
    }
    return lines;
  }

  @Override
  public List<Verdict> verifySteps(Problem problem, List<Step> steps) {
    return CountdownProblem.parse(problem.question())
        .map(countdown -> LineCheck.verify(countdown, steps))
        .orElse(steps.isEmpty() ? List.of() : List.of(NOT_COUNTDOWN));
  }

  /** {@inheritDoc} None if the prompt is no countdown problem or one of the steps is false. */
  @Override
  public List<String> trueContinuations(Problem problem, List<Step> steps) {
    return CountdownProblem.parse(problem.question())
        .map(countdown -> LineCheck.continuations(countdown, steps))
        .orElse(List.of());
  }
}
