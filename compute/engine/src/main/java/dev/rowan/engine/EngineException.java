package dev.rowan.engine;

/** A request cannot be served. The message names the value and the remedy. */
public final class EngineException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** With the cause and remedy in words. */
  public EngineException(String message) {
    super(message);
  }

  /** With the failure underneath. */
  public EngineException(String message, Throwable cause) {
    super(message, cause);
  }
}
