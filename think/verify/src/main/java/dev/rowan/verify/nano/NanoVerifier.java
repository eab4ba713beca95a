package dev.rowan.verify.nano;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Step;
import dev.rowan.core.StepVerifier;
import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import java.util.List;

/** Verifies solutions of both nano families; the prompt tells which. Another prompt is unverifiable. */
public final class NanoVerifier implements Verifier, StepVerifier {

  private static final Verdict NEITHER =
      new Verdict.Unverifiable("the prompt is neither a grove nor a countdown problem");

  private final GroveVerifier grove = new GroveVerifier();
  private final CountdownVerifier countdown = new CountdownVerifier();

  @Override
  public Verdict verify(Problem problem, Answer answer) {
    return NanoProblem.parse(problem.question())
        .map(nano -> switch (nano) {
          case GroveProblem g -> grove.verify(g, answer);
          case CountdownProblem c -> countdown.verify(c, answer);
        })
        .orElse(NEITHER);
  }

  @Override
  public List<Verdict> verifySteps(Problem problem, List<Step> steps) {
    return NanoProblem.parse(problem.question())
        .map(nano -> LineCheck.verify(nano, steps))
        .orElse(steps.isEmpty() ? List.of() : List.of(NEITHER));
  }

  /** {@inheritDoc} None if the prompt is of neither family or one of the steps is false. */
  @Override
  public List<String> trueContinuations(Problem problem, List<Step> steps) {
    return NanoProblem.parse(problem.question())
        .map(nano -> LineCheck.continuations(nano, steps))
        .orElse(List.of());
  }
}
