package dev.rowan.verify.nano;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Step;
import dev.rowan.core.StepVerifier;
import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import java.util.List;

/**
 * Verifies solutions of grove problems. The outcome is right if the last line is the true final one. A line is true if it
 * is, byte by byte, the computed restatement of some clause, whether or not the answer needs it, or the true final line.
 */
public final class GroveVerifier implements Verifier, StepVerifier {

  private static final Verdict NOT_GROVE =
      new Verdict.Unverifiable("the prompt is no grove problem");

  @Override
  public Verdict verify(Problem problem, Answer answer) {
    return GroveProblem.parse(problem.question())
        .map(grove -> verify(grove, answer))
        .orElse(NOT_GROVE);
  }

  Verdict verify(GroveProblem problem, Answer answer) {
    String solution = answer.text().stripTrailing();
    String last = solution.substring(solution.lastIndexOf('\n') + 1);
    if (last.equals(problem.finalLine())) {
      return new Verdict.Correct();
    }
    return new Verdict.Incorrect(
        last.startsWith("#### ")
            ? LineCheck.quote(last) + " is not " + problem.finalLine()
            : "no final answer");
  }

  @Override
  public List<Verdict> verifySteps(Problem problem, List<Step> steps) {
    return GroveProblem.parse(problem.question())
        .map(grove -> LineCheck.verify(grove, steps))
        .orElse(steps.isEmpty() ? List.of() : List.of(NOT_GROVE));
  }

  /** {@inheritDoc} None if the prompt is no grove problem or one of the steps is false. */
  @Override
  public List<String> trueContinuations(Problem problem, List<Step> steps) {
    return GroveProblem.parse(problem.question())
        .map(grove -> LineCheck.continuations(grove, steps))
        .orElse(List.of());
  }
}
