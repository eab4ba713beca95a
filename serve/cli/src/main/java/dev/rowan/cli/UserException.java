package dev.rowan.cli;

/** Something that the user can mend. The message is one line that names the value and the remedy. */
public final class UserException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final Exit exit;

  /** With the exit code, and the cause and remedy in words. */
  public UserException(Exit exit, String message) {
    super(message);
    this.exit = exit;
  }

  /** With the failure underneath. */
  public UserException(Exit exit, String message, Throwable cause) {
    super(message, cause);
    this.exit = exit;
  }

  /** How the command ends. */
  public Exit exit() {
    return exit;
  }
}
