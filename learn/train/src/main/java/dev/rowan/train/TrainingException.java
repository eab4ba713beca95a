package dev.rowan.train;

/** Training cannot go on. The message names the value and, where there is one, the remedy. */
public final class TrainingException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** With the cause and remedy in words. */
  public TrainingException(String message) {
    super(message);
  }

  /** With the failure underneath. */
  public TrainingException(String message, Throwable cause) {
    super(message, cause);
  }
}
