package dev.rowan.cli;

import dev.rowan.berry.BerryException;
import dev.rowan.core.BudgetSpentException;
import dev.rowan.core.PolicyException;
import dev.rowan.model.ModelException;
import java.nio.channels.ClosedByInterruptException;

/**
 * What the user is told about an exception.
 *
 * @param exit how the command ends
 * @param message one line
 */
record Failure(Exit exit, String message) {

  static Failure of(Throwable thrown) {
    return switch (thrown) {
      // What is being written when Ctrl-C comes is closed under the writer's hands.
      case UserException e
      when e.getCause() instanceof ClosedByInterruptException ->
        new Failure(Exit.INTERRUPTED, "interrupted");
      case UserException e -> new Failure(e.exit(), line(e));
      case PolicyException e -> of(e);
      case ModelException e -> new Failure(Exit.MODEL, line(e));
      case BerryException e -> new Failure(Exit.RUN, line(e));
      case BudgetSpentException e ->
        new Failure(Exit.BUDGET_SPENT, line(e) + ": give more, or ask for less");
      case InterruptedException _ -> new Failure(Exit.INTERRUPTED, "interrupted");
      default ->
        new Failure(
            Exit.INTERNAL,
            "a fault of Rowan itself: " + thrown + " (--verbose shows where it happened)");
    };
  }

  private static Failure of(PolicyException e) {
    return switch (e.reason()) {
      case PROMPT_TOO_LONG -> new Failure(Exit.PROMPT_TOO_LONG, line(e));
      case UNREACHABLE -> new Failure(Exit.UNREACHABLE, line(e));
      case UNAUTHORIZED ->
        new Failure(
            Exit.UNAUTHORIZED,
            line(e) + "; the key is read from the variable " + ModelOptions.KEY_VARIABLE);
      case REFUSED, OTHER -> new Failure(Exit.REFUSED, line(e));
      case UNAVAILABLE -> new Failure(Exit.UNAVAILABLE, line(e));
    };
  }

  private static String line(Throwable thrown) {
    return String.valueOf(thrown.getMessage()).replaceAll("\\s*\\R\\s*", " ");
  }
}
