package dev.rowan.cli;

import dev.rowan.core.Verdict;
import dev.rowan.verify.ExtractedAnswer;
import java.util.Optional;

/**
 * A kind of check that {@code rowan verify} offers. One that needs options of its own is a mixin of {@link Verify}; one
 * that holds something open starts it with the first check and stops it in {@link #close}. Used by several threads at once.
 */
interface VerifyKind extends AutoCloseable {

  /** What a line's {@code "kind"} says. */
  String name();

  /** Which columns a line has, and an example, for {@code --help}. */
  String help();

  /**
   * Complains about options of its own that make no sense, before any check.
   *
   * @throws UserException if there are any
   */
  default void checkOptions() {}

  /** Whether its checks wait for somebody else, so that many of them can run at once. */
  default boolean waits() {
    return false;
  }

  /**
   * Checks the answer of one line.
   *
   * @throws VerifyLine.BadColumnException if a column is missing or wrong
   * @throws InterruptedException if the thread is interrupted: the verdict is then not known
   */
  Checked check(VerifyLine line) throws InterruptedException;

  /** What the checks have cost so far, in words; empty if they are free. */
  default Optional<String> cost() {
    return Optional.empty();
  }

  /** Stops what the checks needed. */
  @Override
  default void close() {}

  /**
   * What became of a line.
   *
   * @param verdict whether its answer is right
   * @param extracted what of it counted as the answer; empty if there was none or the whole counts
   */
  record Checked(Verdict verdict, Optional<ExtractedAnswer> extracted) {}
}
