package dev.rowan.model;

/** A model cannot be read or used. The message names the file or value, and the remedy. */
public final class ModelException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** With the cause and remedy in words. */
  public ModelException(String message) {
    super(inOneLine(message));
  }

  /** With the failure underneath. */
  public ModelException(String message, Throwable cause) {
    super(inOneLine(message), cause);
  }

  /** What a file calls its parts may hold anything: nothing of it moves a terminal's cursor. */
  private static String inOneLine(String message) {
    return message.replaceAll("\\p{Cntrl}+", " ");
  }
}
