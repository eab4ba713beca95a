package dev.rowan.verify.sandbox;

/** This machine cannot isolate programs. The message names the cause and the remedy. */
public final class SandboxMissingException extends Exception {

  private static final long serialVersionUID = 1L;

  /** With its cause and remedy in words. */
  public SandboxMissingException(String message) {
    super(message);
  }
}
