package dev.rowan.verify.code;

import dev.rowan.core.Reference.Pair;
import dev.rowan.core.Reference.Tests;
import dev.rowan.core.Reference.UnitTests;
import dev.rowan.core.Verdict;
import dev.rowan.verify.sandbox.Execution.End;
import dev.rowan.verify.sandbox.Execution.Outcome;
import dev.rowan.verify.sandbox.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs programs each in a sandbox of its own. */
final class FreshRuns {

  private final Sandbox sandbox;
  private final Duration cpu;
  private final Duration wall;
  private final Map<Language, Map<String, byte[]>> hosts = new HashMap<>();

  FreshRuns(Sandbox sandbox, Duration cpu, Duration wall) {
    this.sandbox = sandbox;
    this.cpu = cpu;
    this.wall = wall;
  }

  /** Whether {@code code} does what {@code unit} asks. */
  Verdict check(Language language, UnitTests unit, String code)
      throws IOException, BadTestsException, InterruptedException {
    try (Site site = Site.open(sandbox, language, cpu, wall)) {
      return switch (unit.tests()) {
        case Tests.Assertions(String tests) -> functions(site, unit, code).tests(tests);
        case Tests.Pairs(List<Pair> pairs) ->
          unit.entryPoint().isEmpty()
              ? programs(site, code, pairs)
              : functions(site, unit, code).calls(Call.of(unit.entryPoint(), pairs));
      };
    }
  }

  private Functions functions(Site site, UnitTests unit, String code) throws IOException {
    for (Map.Entry<String, byte[]> file : hosts(site.language()).entrySet()) {
      site.write(file.getKey(), file.getValue());
    }
    return new Functions(site, unit, code);
  }

  private synchronized Map<String, byte[]> hosts(Language language) throws IOException {
    if (!hosts.containsKey(language)) {
      hosts.put(language, language.hosts().files());
    }
    return Map.copyOf(hosts.getOrDefault(language, Map.of()));
  }

  private static Verdict programs(Site site, String code, List<Pair> pairs) throws IOException {
    Language language = site.language();
    Path file = site.write(language.file(), code.getBytes(StandardCharsets.UTF_8));
    List<String> command = Language.command(language.run(), file);
    for (int i = 0; i < pairs.size(); i++) {
      Outcome outcome = site.run(command, pairs.get(i).input());
      if (outcome.end() != End.EXITED || outcome.exit() != 0) {
        Verdict failure = site.failure(outcome);
        return failure instanceof Verdict.Incorrect ? explained(site, file, failure) : failure;
      }
      if (Output.compare(pairs.get(i).output(), outcome.stdout())
          instanceof Verdict.Incorrect(String reason)) {
        return new Verdict.Incorrect("input " + (i + 1) + ": " + reason);
      }
    }
    return new Verdict.Correct();
  }

  private static Verdict explained(Site site, Path file, Verdict failure) throws IOException {
    if (site.language().check().isEmpty()) {
      return failure;
    }
    Outcome check = site.run(Language.command(site.language().check(), file), "");
    return check.exit() == 0
        ? failure
        : new Verdict.Incorrect("it does not compile: " + Site.quote(check));
  }
}
