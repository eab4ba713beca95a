package dev.rowan.core;

/** A policy could not answer. The message names the cause and the remedy. */
public final class PolicyException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** What kind of thing went wrong. */
  public enum Reason {
    /** The prompt does not fit into the policy's context. */
    PROMPT_TOO_LONG,
    /** Nobody answers at the endpoint. */
    UNREACHABLE,
    /** The endpoint refuses the key, or misses one. */
    UNAUTHORIZED,
    /** The endpoint refuses the request; asking again is of no use. */
    REFUSED,
    /** The endpoint failed, was too busy, hung, or cut its answer, as often as it was asked. */
    UNAVAILABLE,
    /** Anything else; the message says. */
    OTHER
  }

  private final Reason reason;

  /** With the cause and remedy in words. */
  public PolicyException(String message) {
    this(Reason.OTHER, message);
  }

  /** With the kind of failure, and the cause and remedy in words. */
  public PolicyException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** With the failure underneath. */
  public PolicyException(String message, Throwable cause) {
    super(message, cause);
    this.reason = Reason.OTHER;
  }

  /** What kind of thing went wrong. */
  public Reason reason() {
    return reason;
  }
}
