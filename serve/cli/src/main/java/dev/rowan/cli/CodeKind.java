package dev.rowan.cli;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference.Pair;
import dev.rowan.core.Reference.Tests;
import dev.rowan.core.Reference.UnitTests;
import dev.rowan.core.Verdict;
import dev.rowan.verify.ExtractedAnswer;
import dev.rowan.verify.code.CodeVerifier;
import dev.rowan.verify.code.Snippet;
import dev.rowan.verify.sandbox.Bare;
import dev.rowan.verify.sandbox.Bubblewrap;
import dev.rowan.verify.sandbox.Limits;
import dev.rowan.verify.sandbox.Sandbox;
import dev.rowan.verify.sandbox.SandboxMissingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** The kind {@code code}: an answer that is a program, run against tests. */
final class CodeKind implements VerifyKind {

  @Option(
      names = "--unsafe-no-sandbox",
      description = "Run code as it is, as you, with your files and network, where bubblewrap "
          + "does not work. For proofs too.")
  private boolean unsafe;

  @Option(
      names = "--code-seconds",
      paramLabel = "N",
      description = "Wall clock and processor time of each run of a program. Default: 10.")
  private int seconds = 10;

  private Optional<CodeVerifier> verifier = Optional.empty();

  @Override
  public String name() {
    return "code";
  }

  @Override
  public String help() {
    return """
        answer, language, and tests (check(candidate), or assertions):
        {"kind": "code", "language": "python", "entry_point": "add",
         "tests": "assert add(1, 2) == 3",
         "answer": "def add(a, b): return a + b"}
        or inputs and outputs: argument lists and results of entry_point,
        and if it should change them, arguments: the lists after each call;
        without an entry_point, what a whole program reads and prints:
        {"kind": "code", "language": "python", "inputs": ["1 2"],
         "outputs": ["3"],
         "answer": "print(sum(map(int, input().split())))"}
        or HumanEval's columns: prompt, test, entry_point, canonical_solution""";
  }

  @Override
  public void checkOptions() {
    if (seconds < 1) {
      throw new UserException(Exit.USAGE, "--code-seconds is " + seconds + ": choose 1 or more");
    }
  }

  @Override
  public Checked check(VerifyLine line) throws InterruptedException {
    UnitTests tests = tests(line);
    Answer answer = new Answer(first(line, "answer", "completion", "canonical_solution")
        .orElseThrow(() -> new VerifyLine.BadColumnException("has no \"answer\"")));
    Snippet snippet = CodeVerifier.snippet(tests, answer);
    Verdict verdict;
    try {
      Problem problem = Problem.of(line.find("id").orElse("line"), "Write it.", tests);
      verdict = open().verify(problem, answer);
    } catch (SandboxMissingException e) {
      verdict = new Verdict.Unverifiable(
          e.getMessage() + "; --unsafe-no-sandbox runs code without any protection");
    }
    return new Checked(
        verdict, Optional.of(new ExtractedAnswer(snippet.code(), snippet.start(), snippet.end())));
  }

  private synchronized CodeVerifier open() throws SandboxMissingException {
    if (verifier.isEmpty()) {
      Duration time = Duration.ofSeconds(seconds);
      verifier = Optional.of(new CodeVerifier(
          sandbox(),
          Limits.DEFAULT.withCpu(time),
          time,
          Runtime.getRuntime().availableProcessors()));
    }
    return verifier.get();
  }

  /** Where code runs, proofs too: with that option, on this machine as it is. */
  Sandbox sandbox() throws SandboxMissingException {
    try {
      return Bubblewrap.open();
    } catch (SandboxMissingException e) {
      if (unsafe) {
        return new Bare();
      }
      throw e;
    }
  }

  private static UnitTests tests(VerifyLine line) {
    String entry = line.find("entry_point").orElse("");
    return new UnitTests(
        line.find("language").orElse("python"),
        line.find("prompt").orElse(""),
        entry,
        code(line)
            .<Tests>map(Tests.Assertions::new)
            .orElseGet(() -> new Tests.Pairs(pairs(line, entry))));
  }

  private static Optional<String> code(VerifyLine line) {
    Optional<String> tests = Stream.of("tests", "test", "test_list")
        .map(line.columns()::path)
        .flatMap(node -> lines(node).stream())
        .findFirst();
    return tests.map(text -> Stream.of("test_imports", "test_setup_code")
            .map(line.columns()::path)
            .flatMap(node -> lines(node).stream())
            .collect(Collectors.joining("\n", "", "\n"))
        + text);
  }

  /** A text, or an array of its lines. */
  private static Optional<String> lines(JsonNode node) {
    if (node.isArray()) {
      return Optional.of(
          node.valueStream().map(JsonNode::asString).collect(Collectors.joining("\n")));
    }
    return node.isString() ? Optional.of(node.asString()) : Optional.empty();
  }

  private static List<Pair> pairs(VerifyLine line, String entry) {
    JsonNode inputs = line.columns().path("inputs");
    JsonNode outputs = line.columns().path("outputs");
    if (!inputs.isArray() || inputs.isEmpty() || inputs.size() != outputs.size()) {
      throw new VerifyLine.BadColumnException(
          "has neither \"tests\" nor as many \"inputs\" as \"outputs\"");
    }
    List<Pair> pairs = new ArrayList<>();
    JsonNode after = line.columns().path("arguments");
    if (!after.isMissingNode() && (entry.isEmpty() || after.size() != inputs.size())) {
      throw new VerifyLine.BadColumnException(
          "has \"arguments\" that are not one list for each of the \"inputs\" of an \"entry_point\"");
    }
    for (int i = 0; i < inputs.size(); i++) {
      pairs.add(new Pair(
          side(inputs.get(i), entry),
          side(outputs.get(i), entry),
          after.optional(i).map(JsonNode::toString)));
    }
    return pairs;
  }

  private static String side(JsonNode node, String entry) {
    return entry.isEmpty() ? lines(node).orElseGet(node::asString) : node.toString();
  }

  private static Optional<String> first(VerifyLine line, String... columns) {
    return Stream.of(columns).flatMap(column -> line.find(column).stream()).findFirst();
  }

  @Override
  public synchronized void close() {
    verifier.ifPresent(CodeVerifier::close);
  }
}
