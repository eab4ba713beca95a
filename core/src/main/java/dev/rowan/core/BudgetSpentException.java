package dev.rowan.core;

/** Work was refused because the budget has nothing left of {@link #what()}. */
public final class BudgetSpentException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String what;

  /** {@code what} is one of "tokens", "calls", "money", "time". */
  public BudgetSpentException(String what) {
    super("the budget is spent: no " + what + " left");
    this.what = what;
  }

  /** What ran out: "tokens", "calls", "money" or "time". */
  public String what() {
    return what;
  }
}
