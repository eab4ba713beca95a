package dev.rowan.cli;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What standard error is connected to.
 *
 * @param bars whether it can show a bar that moves
 */
record Terminal(boolean bars) {

  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

  static Terminal ofThisProcess() {
    return new Terminal(isTerminal());
  }

  private static boolean isTerminal() {
    try {
      Path target = Files.readSymbolicLink(STANDARD_ERROR);
      return target.startsWith("/dev/pts")
          || target.startsWith("/dev/tty")
          || target.startsWith("/dev/console");
    } catch (IOException e) {
      // No Linux: then standard output has to stand for standard error.
      return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }
  }

  /** Shows how much of {@code total} is done; close it when it is over. */
  Progress progress(PrintWriter err, String task, long total) {
    return bars ? new Progress.Bar(task, total) : new Progress.Lines(err, task, total);
  }
}
