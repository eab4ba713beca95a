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
 * @param filtered whether it runs under the {@link SyscallFilter}, which leaves it threads but no other process
 * @param pipes named pipes, made where they are missing, that it gets open for reading and writing as the descriptors 5
 *     and up
 * @param files files that it gets open for reading, as the descriptors after those: for large ones that its user could not
 *     open; four pipes and files at most
 * @param limits what it may take
 */
public record Job(
    List<String> command,
    List<Path> readable,
    boolean proc,
    boolean filtered,
    List<Path> pipes,
    List<Path> files,
    Limits limits) {

  /** Copies the lists. */
  public Job {
    command = List.copyOf(command);
    readable = List.copyOf(readable);
    pipes = List.copyOf(pipes);
    files = List.copyOf(files);
  }

  /** A job that reads no file of the host, sees no {@code /proc} and has the default limits. */
  public static Job of(String... command) {
    return new Job(List.of(command), List.of(), false, false, List.of(), List.of(), Limits.DEFAULT);
  }

  /** This job, which may also read these. */
  public Job reading(Path... paths) {
    return new Job(command, List.of(paths), proc, filtered, pipes, files, limits);
  }

  /** This job with a {@code /proc}. */
  public Job withProc() {
    return new Job(command, readable, true, filtered, pipes, files, limits);
  }

  /** This job with other limits. */
  public Job within(Limits others) {
    return new Job(command, readable, proc, filtered, pipes, files, others);
  }

  /** This job under the {@link SyscallFilter}. */
  public Job withoutOtherProcesses() {
    return new Job(command, readable, proc, true, pipes, files, limits);
  }

  /** This job with these named pipes. */
  public Job withPipes(Path... paths) {
    return new Job(command, readable, proc, filtered, List.of(paths), files, limits);
  }

  /** This job with these files open. */
  public Job withFiles(Path... paths) {
    return new Job(command, readable, proc, filtered, pipes, List.of(paths), limits);
  }
}
