package dev.rowan.cli;

import dev.rowan.eval.LineLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where lines are kept, if anywhere; what fails is told to the user. */
final class LineFile implements AutoCloseable {

  private final Optional<Path> file;
  private final Optional<LineLog> log;

  private LineFile(Optional<Path> file, Optional<LineLog> log) {
    this.file = file;
    this.log = log;
  }

  /**
   * Makes the folder and starts the file, so that whatever is wrong with them is known before any work.
   *
   * @param input what the command reads, which stays
   */
  static LineFile start(Optional<Path> file, Path input) {
    if (file.isEmpty()) {
      return new LineFile(file, Optional.empty());
    }
    try {
      OutPath out = OutPath.of(file.get());
      if (!out.isFile()) {
        throw new UserException(
            Exit.OUTPUT, out.path() + " is not a file: give another with --out");
      }
      out.mustSpare(input, List.of("", LineLog.PART));
      return new LineFile(file, Optional.of(new LineLog(out.path())));
    } catch (IOException e) {
      throw cannotWrite(file.get().toAbsolutePath(), e);
    }
  }

  void write(String line) {
    if (log.isPresent()) {
      try {
        log.get().write(line);
      } catch (UncheckedIOException e) {
        throw cannotWrite(file.orElseThrow(), e);
      }
    }
  }

  void finish() {
    if (log.isPresent()) {
      try {
        log.get().finish();
      } catch (IOException e) {
        throw cannotWrite(file.orElseThrow(), e);
      }
    }
  }

  @Override
  public void close() {
    if (log.isPresent()) {
      try {
        log.get().close();
      } catch (IOException e) {
        throw cannotWrite(file.orElseThrow(), e);
      }
    }
  }

  /** What the user is told when a line could not be written. */
  static UserException cannotWrite(Path file, Exception e) {
    Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
    String why = cause instanceof AccessDeniedException
        ? "no permission"
        : String.valueOf(cause.getMessage());
    return new UserException(
        Exit.OUTPUT,
        "cannot write " + file + " (" + why + "): make room or give another place with --out",
        e);
  }
}
