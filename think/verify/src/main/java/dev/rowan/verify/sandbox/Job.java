package dev.rowan.verify.sandbox;

import java.nio.file.Path;
import java.util.List;

/**
 * A program to run. It starts in the empty, writable {@code /tmp}, which vanishes with it, and sees the system's programs
 * under {@code /usr}.
 *
 * @param command the program, by an absolute path or a name in {@code /usr/local/bin}, {@code /usr/bin} or {@code /bin},
 *     and its arguments
 * @param readable files and folders of the host that it may read, at their own places
 * @param proc whether it sees {@code /proc}, with its own processes only; the JVM does not start without
 * @param limits what it may take
 */
public record Job(List<String> command, List<Path> readable, boolean proc, Limits limits) {

  /** Copies the lists. */
  public Job {
    command = List.copyOf(command);
    readable = List.copyOf(readable);
  }

  /** A job that reads no file of the host, sees no {@code /proc} and has the default limits. */
  public static Job of(String... command) {
    return new Job(List.of(command), List.of(), false, Limits.DEFAULT);
  }

  /** This job, which may also read these. */
  public Job reading(Path... paths) {
    return new Job(command, List.of(paths), proc, limits);
  }

  /** This job with a {@code /proc}. */
  public Job withProc() {
    return new Job(command, readable, true, limits);
  }

  /** This job with other limits. */
  public Job within(Limits others) {
    return new Job(command, readable, proc, others);
  }
}
