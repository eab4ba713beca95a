package dev.rowan.berry;

/** A run cannot go on. The message names the cause and the remedy. */
public final class BerryException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** With the cause and remedy in words. */
  public BerryException(String message) {
    super(message);
  }

  /** With the failure underneath. */
  public BerryException(String message, Throwable cause) {
    super(message, cause);
  }
}
