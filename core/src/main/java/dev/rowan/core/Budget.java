package dev.rowan.core;

import java.time.Duration;

/**
 * A ledger of what may still be spent, handed down explicitly and shared by every thread that works on a request.
 * Work is charged before it is sent and settled after, so the bill never exceeds the budget, also under concurrency.
 */
public final class Budget {

  /**
   * What may be spent.
   *
   * @param tokens tokens written
   * @param calls policy calls
   * @param microDollars money, in millionths of a dollar
   * @param time wall-clock time from the budget's creation
   */
  public record Limits(long tokens, long calls, long microDollars, Duration time) {

    /** No limit at all. */
    public static final Limits NONE =
        new Limits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Duration.ofDays(36_500));

    /**
     * Checks that something can be spent.
     *
     * @throws IllegalArgumentException naming the limit that is 0 or less
     */
    public Limits {
      require(tokens > 0, "tokens", tokens);
      require(calls > 0, "calls", calls);
      require(microDollars > 0, "micro-dollars", microDollars);
      require(time.isPositive(), "time", time);
    }

    private static void require(boolean holds, String name, Object value) {
      if (!holds) {
        throw new IllegalArgumentException(
            "a budget of " + value + " " + name + " buys nothing: give 1 or more");
      }
    }

    /** These limits with another limit of tokens. */
    public Limits withTokens(long newTokens) {
      return new Limits(newTokens, calls, microDollars, time);
    }

    /** These limits with another limit of calls. */
    public Limits withCalls(long newCalls) {
      return new Limits(tokens, newCalls, microDollars, time);
    }

    /** These limits with another limit of money. */
    public Limits withMicroDollars(long newMicroDollars) {
      return new Limits(tokens, calls, newMicroDollars, time);
    }

    /** These limits with another limit of time. */
    public Limits withTime(Duration newTime) {
      return new Limits(tokens, calls, microDollars, newTime);
    }
  }

  private final Limits limits;
  private final long deadlineNanos;
  private Usage spent = Usage.ZERO;
  private Usage held = Usage.ZERO;

  /** A budget that starts now. */
  public Budget(Limits limits) {
    this.limits = limits;
    long nanos = limits.time().compareTo(Duration.ofDays(36_500)) >= 0
        ? Long.MAX_VALUE / 2
        : limits.time().toNanos();
    this.deadlineNanos = System.nanoTime() + nanos;
  }

  /** A budget without limits, which still counts. */
  public static Budget unlimited() {
    return new Budget(Limits.NONE);
  }

  /** A budget of this many tokens. */
  public static Budget ofTokens(long tokens) {
    return new Budget(Limits.NONE.withTokens(tokens));
  }

  /**
   * Sets aside one call of up to {@code tokens} tokens and exactly {@code microDollars}. Fewer tokens are granted when
   * fewer are left.
   *
   * @throws BudgetSpentException if no token, no call, too little money or no time is left
   */
  public synchronized Charge charge(long tokens, long microDollars) {
    long tokensLeft = limits.tokens - spent.completionTokens() - held.completionTokens();
    if (tokensLeft <= 0) {
      throw new BudgetSpentException("tokens");
    }
    if (limits.calls - spent.calls() - held.calls() <= 0) {
      throw new BudgetSpentException("calls");
    }
    if (limits.microDollars - spent.microDollars() - held.microDollars() < microDollars) {
      throw new BudgetSpentException("money");
    }
    if (timeLeft().isZero()) {
      throw new BudgetSpentException("time");
    }
    Usage hold = new Usage(1, 0, Math.min(tokens, tokensLeft), microDollars);
    held = held.plus(hold);
    return new Charge(hold);
  }

  /** What has been settled so far. */
  public synchronized Usage spent() {
    return spent;
  }

  /** Tokens that are neither spent nor set aside. */
  public synchronized long tokensLeft() {
    return Math.max(0, limits.tokens - spent.completionTokens() - held.completionTokens());
  }

  /** Millionths of a dollar that are neither spent nor set aside. */
  public synchronized long microDollarsLeft() {
    return Math.max(0, limits.microDollars - spent.microDollars() - held.microDollars());
  }

  /** Calls that are neither made nor set aside. */
  public synchronized long callsLeft() {
    return Math.max(0, limits.calls - spent.calls() - held.calls());
  }

  /** Time until the deadline; zero once it has passed. */
  public Duration timeLeft() {
    return Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
  }

  /** Money and tokens set aside for one call. Closing it without settling gives everything back. */
  public final class Charge implements AutoCloseable {

    private final Usage hold;
    private boolean open = true;

    private Charge(Usage hold) {
      this.hold = hold;
    }

    /** The tokens granted: at most what was asked for. */
    public long tokens() {
      return hold.completionTokens();
    }

    /** Books what the call really cost and gives the rest back. */
    public void settle(Usage actual) {
      release(actual);
    }

    /** Gives everything back, unless the charge was settled. */
    @Override
    public void close() {
      release(Usage.ZERO);
    }

    private void release(Usage actual) {
      synchronized (Budget.this) {
        if (open) {
          open = false;
          held = new Usage(
              held.calls() - hold.calls(),
              held.promptTokens(),
              held.completionTokens() - hold.completionTokens(),
              held.microDollars() - hold.microDollars());
          spent = spent.plus(actual);
        }
      }
    }
  }
}
