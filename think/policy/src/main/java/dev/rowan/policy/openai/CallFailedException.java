package dev.rowan.policy.openai;

import dev.rowan.core.PolicyException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** One try failed. Says whether another is worth it. */
final class CallFailedException extends IOException {

  /** How many tries a failure is worth. */
  enum Tries {
    /** Asking again gives the same. */
    ONE(1),
    /** Hangs: each try takes long. */
    TWO(2),
    /** Nobody listens there; perhaps it restarts. */
    THREE(3),
    /** Passes by itself. */
    FIVE(5);

    private final int most;

    Tries(int most) {
      this.most = most;
    }

    boolean allowAnotherAfter(int tries) {
      return tries < most;
    }
  }

  private static final long serialVersionUID = 1;

  private final Reason reason;
  private final Tries tries;
  private final transient Optional<Duration> retryAfter;

  CallFailedException(Reason reason, Tries tries, String message) {
    this(reason, tries, message, Optional.empty());
  }

  CallFailedException(Reason reason, Tries tries, String message, Optional<Duration> retryAfter) {
    super(message);
    this.reason = reason;
    this.tries = tries;
    this.retryAfter = retryAfter;
  }

  Reason reason() {
    return reason;
  }

  Tries tries() {
    return tries;
  }

  /** How long the endpoint asked to be left alone. */
  Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
