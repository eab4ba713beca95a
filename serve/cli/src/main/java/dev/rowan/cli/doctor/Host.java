package dev.rowan.cli.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The machine as the checks see it. */
public interface Host {

  /** Processor cores that this process may use. */
  int cores();

  /** Memory of the machine, or of the container that this process runs in, in bytes. */
  long memory();

  /** Bytes that this user can still write where {@code path} is. */
  long freeSpace(Path path);

  /** The text of a file, if it can be read. */
  Optional<String> text(Path file);

  /** Where a program lies on the PATH. */
  Optional<Path> program(String name);

  /** What a program prints, if it ends well within a few seconds. */
  Optional<String> output(List<String> command);
}
