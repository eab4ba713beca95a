package dev.rowan.core;

import java.util.List;

/** Decides for each step whether it is true. Safe for use by any number of threads. */
public interface StepVerifier {

  /**
   * The verdicts of a chain's steps, in order, up to and including the first that is not correct; what follows a false
   * step is not judged.
   */
  List<Verdict> verifySteps(Problem problem, List<Step> steps);

  /**
   * Every true line that may come next after {@code steps}, all of which are true; each with its line break, if it has
   * one. Exact labels on tokens follow: a token is true while some true line can still continue so.
   */
  List<String> trueContinuations(Problem problem, List<Step> steps);
}
