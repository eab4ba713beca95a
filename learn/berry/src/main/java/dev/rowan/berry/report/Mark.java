package dev.rowan.berry.report;

import dev.rowan.core.Verdict;

/** What a verifier said of a line or of a whole chain. */
public enum Mark {
  /** It holds. */
  TRUE,
  /** It does not hold. */
  FALSE,
  /** Nobody judged it, or nobody could. */
  UNJUDGED;

  /** The mark of a verdict. */
  public static Mark of(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Correct correct -> TRUE;
      case Verdict.Incorrect incorrect -> FALSE;
      case Verdict.Unverifiable unverifiable -> UNJUDGED;
    };
  }
}
