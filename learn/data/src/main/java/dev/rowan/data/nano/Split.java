package dev.rowan.data.nano;

import dev.rowan.core.Problem;
import dev.rowan.core.Seeds;
import dev.rowan.verify.nano.NanoProblem;

/** The two halves of a family. A fixed hash of what a problem says decides, whatever the order in which it says it. */
public enum Split {
  /** Seven problems of eight, to train on. */
  TRAIN,
  /** One problem of eight, to evaluate on; training never sees them. */
  HELD_OUT;

  private static final long SALT = 0x526F77616EL;
  private static final int PARTS = 8;

  /** The half that {@code problem} belongs to. */
  public static Split of(Problem problem) {
    String text = problem.question();
    String key = NanoProblem.parse(text).map(NanoProblem::key).orElse(text);
    return Long.remainderUnsigned(Seeds.derive(SALT, key), PARTS) == 0 ? HELD_OUT : TRAIN;
  }
}
