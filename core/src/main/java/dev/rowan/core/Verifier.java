package dev.rowan.core;

/** Decides whether an answer is right by a check that does not guess. Safe for use by any number of threads. */
@FunctionalInterface
public interface Verifier {

  /** The verdict on {@code answer}. A check that fails is {@link Verdict.Unverifiable}, not an exception. */
  Verdict verify(Problem problem, Answer answer);
}
