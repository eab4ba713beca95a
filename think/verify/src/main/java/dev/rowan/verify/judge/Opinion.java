package dev.rowan.verify.judge;

/** What one judge thinks of an answer. */
public sealed interface Opinion {

  /**
   * The answer meets the rubric.
   *
   * @param reason in the judge's words
   */
  record Pass(String reason) implements Opinion {}

  /**
   * The answer does not meet the rubric.
   *
   * @param reason in the judge's words
   */
  record Fail(String reason) implements Opinion {}

  /**
   * No opinion: the judge is unsure, or did not say anything that can be read.
   *
   * @param cause why not
   */
  record Abstention(String cause) implements Opinion {}
}
