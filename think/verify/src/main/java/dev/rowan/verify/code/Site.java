package dev.rowan.verify.code;

import dev.rowan.core.Verdict;
import dev.rowan.verify.sandbox.Execution;
import dev.rowan.verify.sandbox.Execution.End;
import dev.rowan.verify.sandbox.Execution.Outcome;
import dev.rowan.verify.sandbox.Job;
import dev.rowan.verify.sandbox.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder that sandboxes read, for the programs of one check.
 *
 * @param sandbox runs them
 * @param language what they are written in
 * @param folder only Rowan writes there
 * @param cpu processor time of each
 * @param wall how long each may run
 */
record Site(Sandbox sandbox, Language language, Path folder, Duration cpu, Duration wall)
    implements AutoCloseable {

  private static final int MAX_QUOTE = 200;
  private static final int KILLED = 137;
  private static final int PROCESSOR_TIME_OVER = 152;
  private static final int NO_COMMAND = 127;

  static Site open(Sandbox sandbox, Language language, Duration cpu, Duration wall)
      throws IOException {
    Path folder = Files.createTempDirectory("rowan-code");
    // Who runs inside is another user when Rowan runs as root.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new Site(sandbox, language, folder, cpu, wall);
  }

  @Override
  public void close() throws IOException {
    delete(folder);
  }

  /** Deletes a folder of files. */
  static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /** Writes a file that the sandboxes can read. */
  Path write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  /** A job here. */
  Job job(List<String> command) {
    Path[] readable =
        Stream.concat(Stream.of(folder), language.readable().stream()).toArray(Path[]::new);
    return Job.of(command.toArray(String[]::new))
        .reading(readable)
        .withProc()
        .withoutOtherProcesses()
        .within(language.limits().withCpu(cpu.plus(language.start())));
  }

  /** Runs a job to its end. */
  Outcome run(List<String> command, String input) throws IOException {
    byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
    return Execution.run(sandbox, job(command), bytes, wall.plus(language.start()));
  }

  /** Why a program that did not do its work is not right, or cannot be told. */
  Verdict failure(Outcome outcome) {
    if (outcome.end() == End.FLOODED) {
      return new Verdict.Incorrect("it writes too much");
    }
    if (outcome.end() == End.TIMED_OUT
        || outcome.exit() == KILLED
        || outcome.exit() == PROCESSOR_TIME_OVER) {
      return new Verdict.Unverifiable("it takes longer than " + Endings.seconds(wall));
    }
    if (outcome.stderr().startsWith("bwrap:")) {
      return new Verdict.Unverifiable("the sandbox failed: " + quote(outcome));
    }
    if (outcome.exit() == NO_COMMAND || outcome.stderr().contains("prlimit: failed to execute")) {
      return new Verdict.Unverifiable(
          "no " + language.run().getFirst() + " in /usr: " + language.remedy());
    }
    return new Verdict.Incorrect("exit code " + outcome.exit() + ": " + quote(outcome));
  }

  static String quote(Outcome outcome) {
    String text = (outcome.stderr() + outcome.stdout()).strip().replaceAll("\\s*\\R\\s*", " | ");
    return text.length() <= MAX_QUOTE ? text : text.substring(0, MAX_QUOTE) + "…";
  }
}
