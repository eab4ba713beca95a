package dev.rowan.verify.code;

import dev.rowan.core.Reference.Pair;
import dev.rowan.core.Reference.Tests;
import dev.rowan.core.Reference.UnitTests;
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
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Runs programs each in a sandbox of its own. */
final class FreshRuns {

  private static final int MAX_QUOTE = 200;

  private final Sandbox sandbox;
  private final Duration wall;

  FreshRuns(Sandbox sandbox, Duration wall) {
    this.sandbox = sandbox;
    this.wall = wall;
  }

  /** Whether {@code code} does what {@code unit} asks. */
  Verdict check(Language language, UnitTests unit, String code)
      throws IOException, BadTestsException {
    if (!(unit.tests() instanceof Tests.Pairs(List<Pair> pairs))) {
      return new Verdict.Unverifiable("tests that are code are for Python only: give "
          + language.names().getFirst() + " inputs and outputs");
    }
    Path folder = Files.createTempDirectory("rowan-code");
    try {
      // Who runs inside is another user when Rowan runs as root.
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      Path file = Files.writeString(folder.resolve(language.file()), code);
      return unit.entryPoint().isEmpty()
          ? programs(language, file, pairs)
          : calls(language, file, Call.of(unit.entryPoint(), pairs));
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private Verdict programs(Language language, Path file, List<Pair> pairs) throws IOException {
    for (int i = 0; i < pairs.size(); i++) {
      List<String> command = Language.command(language.run(), file);
      Outcome outcome = run(language, file, command, pairs.get(i).input());
      if (outcome.end() != End.EXITED || outcome.exit() != 0) {
        return failure(language, file, outcome);
      }
      if (Output.compare(pairs.get(i).output(), outcome.stdout())
          instanceof Verdict.Incorrect(String reason)) {
        return new Verdict.Incorrect("input " + (i + 1) + ": " + reason);
      }
    }
    return new Verdict.Correct();
  }

  private Verdict calls(Language language, Path file, List<Call> calls) throws IOException {
    if (language.calls().isEmpty()) {
      return new Verdict.Unverifiable("functions in " + language.names().getFirst()
          + " cannot be called: give a program that reads and prints, without entry_point");
    }
    Path driver = file.resolveSibling(language.calls());
    Files.writeString(driver, Script.text(language.calls()));
    String mark = UUID.randomUUID().toString();
    ObjectNode order = Values.JSON.createObjectNode();
    order.put("entry", calls.getFirst().entry()).put("mark", mark);
    calls.forEach(call -> order.withArray("calls").add(call.arguments()));
    List<String> command = Language.command(language.run(), file, driver.toString());
    Outcome outcome = run(language, file, command, order.toString());
    List<String> replies = outcome
        .stdout()
        .lines()
        .filter(line -> line.startsWith(mark))
        .map(line -> line.substring(mark.length()))
        .toList();
    for (int i = 0; i < calls.size(); i++) {
      if (i >= replies.size()) {
        return failure(language, file, outcome);
      }
      Verdict verdict = calls.get(i).judge(replies.get(i).getBytes(StandardCharsets.UTF_8));
      if (!verdict.isCorrect()) {
        return verdict;
      }
    }
    return new Verdict.Correct();
  }

  private Outcome run(Language language, Path file, List<String> command, String input)
      throws IOException {
    Path[] readable = Stream.concat(Stream.of(file.getParent()), language.readable().stream())
        .toArray(Path[]::new);
    Job job = Job.of(command.toArray(String[]::new))
        .reading(readable)
        .withProc()
        .withoutOtherProcesses()
        .within(language.limits());
    return Execution.run(sandbox, job, input.getBytes(StandardCharsets.UTF_8), wall);
  }

  /** Why a program that did not do its work is not right, or cannot be told. */
  private Verdict failure(Language language, Path file, Outcome outcome) throws IOException {
    if (outcome.end() == End.FLOODED) {
      return new Verdict.Incorrect("it writes too much");
    }
    if (outcome.end() == End.TIMED_OUT || outcome.exit() == 137 || outcome.exit() == 152) {
      return new Verdict.Unverifiable("it takes longer than " + wall.toMillis() / 1e3 + " s");
    }
    if (outcome.stderr().startsWith("bwrap:")) {
      return new Verdict.Unverifiable("the sandbox failed: " + quote(outcome));
    }
    if (outcome.exit() == 127 || outcome.stderr().contains("prlimit: failed to execute")) {
      return new Verdict.Unverifiable(
          "no " + language.run().getFirst() + " in /usr: " + language.remedy());
    }
    if (!language.check().isEmpty()) {
      Outcome check = run(language, file, Language.command(language.check(), file), "");
      if (check.exit() != 0) {
        return new Verdict.Incorrect("it does not compile: " + quote(check));
      }
    }
    return new Verdict.Incorrect("exit code " + outcome.exit() + ": " + quote(outcome));
  }

  private static String quote(Outcome outcome) {
    String text = (outcome.stderr() + outcome.stdout()).strip().replaceAll("\\s*\\R\\s*", " | ");
    return text.length() <= MAX_QUOTE ? text : text.substring(0, MAX_QUOTE) + "…";
  }
}
