package dev.rowan.cli;

import dev.rowan.eval.LineLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where lines are kept, if anywhere; what fails is told to the user. */
final class LineFile implements AutoCloseable {

  private final Optional<Path> file;
  private final Optional<LineLog> log;

  private LineFile(Optional<Path> file, Optional<LineLog> log) {
    this.file = file;
    this.log = log;
  }

  /** Makes the folder and starts the file, so that whatever is wrong with them is known before any work. */
  static LineFile start(Optional<Path> file) {
    if (file.isEmpty()) {
      return new LineFile(file, Optional.empty());
    }
    Path target = file.get().toAbsolutePath();
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      throw new UserException(Exit.OUTPUT, target + " is not a file: give another with --out");
    }
    try {
      Optional<Path> folder = Optional.ofNullable(target.getParent());
      if (folder.isPresent()) {
        Files.createDirectories(folder.get());
      }
      return new LineFile(file, Optional.of(new LineLog(target)));
    } catch (IOException e) {
      throw cannotWrite(target, e);
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

  private static UserException cannotWrite(Path file, Exception e) {
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
