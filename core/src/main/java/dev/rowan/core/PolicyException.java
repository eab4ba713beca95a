package dev.rowan.core;

/** A policy could not answer. The message names the cause and the remedy. */
public final class PolicyException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** With the cause and remedy in words. */
  public PolicyException(String message) {
    super(message);
  }

  /** With the failure underneath. */
  public PolicyException(String message, Throwable cause) {
    super(message, cause);
  }
}
