package dev.rowan.verify.math;

import java.util.Collection;

/** Whether two answers are the same. */
public enum Equality {
  /** They are. */
  EQUAL,
  /** They are not. */
  DIFFERENT,
  /** Nobody can tell, or only at too high a cost. */
  UNDECIDED;

  static Equality of(boolean same) {
    return same ? EQUAL : DIFFERENT;
  }

  /** Equal if all are, different if one is. */
  static Equality all(Collection<Equality> parts) {
    if (parts.contains(DIFFERENT)) {
      return DIFFERENT;
    }
    return parts.contains(UNDECIDED) ? UNDECIDED : EQUAL;
  }
}
