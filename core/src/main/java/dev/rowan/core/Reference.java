package dev.rowan.core;

/** What "correct" means for a problem. */
public sealed interface Reference {

  /**
   * The answer is this value.
   *
   * @param value the answer as text, such as {@code "42"}
   */
  record FinalAnswer(String value) implements Reference {}

  /** Nothing is known: no verifier can decide. */
  record None() implements Reference {}
}
