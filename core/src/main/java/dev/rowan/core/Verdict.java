package dev.rowan.core;

/** What a verifier found. A check that crashed, timed out or cannot decide is never a wrong answer. */
public sealed interface Verdict {

  /** The answer is right. */
  record Correct() implements Verdict {}

  /**
   * The answer is wrong.
   *
   * @param reason why, in words
   */
  record Incorrect(String reason) implements Verdict {}

  /**
   * Nobody can tell. Earns no reward and is no negative label either.
   *
   * @param cause why not, in words
   */
  record Unverifiable(String cause) implements Verdict {}

  /** Whether this is {@link Correct}. */
  default boolean isCorrect() {
    return this instanceof Correct;
  }
}
