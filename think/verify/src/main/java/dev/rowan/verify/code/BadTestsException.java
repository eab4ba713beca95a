package dev.rowan.verify.code;

/** The tests of a problem cannot be used; the message says why. */
final class BadTestsException extends Exception {

  private static final long serialVersionUID = 1L;

  BadTestsException(String message, Throwable cause) {
    super(message, cause);
  }
}
