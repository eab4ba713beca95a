package dev.rowan.verify.lean;

import java.io.IOException;

/** Lean is missing, cannot be installed, or ended without an answer. The message is one line with the remedy. */
public final class LeanException extends IOException {

  private static final long serialVersionUID = 1;

  /** With the cause and remedy in words. */
  public LeanException(String message) {
    super(message);
  }

  /** With the failure underneath. */
  public LeanException(String message, Throwable cause) {
    super(message, cause);
  }
}
