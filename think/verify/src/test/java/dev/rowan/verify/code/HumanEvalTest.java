package dev.rowan.verify.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference.Tests;
import dev.rowan.core.Reference.UnitTests;
import dev.rowan.core.Verdict;
import dev.rowan.verify.sandbox.Bubblewrap;
import dev.rowan.verify.sandbox.Execution;
import dev.rowan.verify.sandbox.Job;
import dev.rowan.verify.sandbox.Sandbox;
import dev.rowan.verify.sandbox.SandboxMissingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** HumanEval's own solutions are right, however a model writes them down; spoilt ones are wrong. */
@Tag("shared")
@Timeout(300)
final class HumanEvalTest {

  private static final Path FILE =
      Path.of(System.getProperty("rowan.shared", ""), "data/humaneval/HumanEval.jsonl");

  /** Ways to spoil a program, mildest first. Each is tried until plain Python says that it fails. */
  private static final List<Function<String, String>> SPOILS = List.of(
      code -> code.replaceFirst("<=", "<"),
      code -> code.replaceFirst(" < ", " <= "),
      code -> code.replaceFirst(">=", ">"),
      code -> code.replaceFirst(" > ", " >= "),
      code -> code.replaceFirst(" == ", " != "),
      code -> code.replaceFirst(" \\+ ", " - "),
      code -> code.replaceFirst(" \\* ", " + "),
      code -> code.replaceFirst("\\b1\\b", "2"),
      code -> code.replaceFirst("\\b0\\b", "1"),
      code -> code.replaceFirst("\\bTrue\\b", "False"),
      code -> code.replaceFirst("\\breturn (?!\\s)", "return not "),
      code -> code.replace("return ", "return None and "));

  private record Row(String id, UnitTests tests, String solution) {

    String program(String body) {
      Tests.Assertions checks = (Tests.Assertions) tests.tests();
      return tests.prompt() + body + "\n" + checks.code() + "\ncheck(" + tests.entryPoint() + ")\n";
    }
  }

  private static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(FILE)) {
      JsonNode row = Values.JSON.readTree(line);
      rows.add(new Row(
          row.path("task_id").asString(),
          new UnitTests(
              "python",
              row.path("prompt").asString(),
              row.path("entry_point").asString(),
              new Tests.Assertions(row.path("test").asString())),
          row.path("canonical_solution").asString()));
    }
    return rows;
  }

  private static Verdict verify(CodeVerifier verifier, Row row, String answer) {
    return verifier.verify(Problem.of(row.id(), "Complete it.", row.tests()), new Answer(answer));
  }

  /** A body, a whole function in a chat, a body without its indentation, one after a thought. */
  private static Stream<String> wordings(Row row) {
    String whole = row.tests().prompt() + row.solution();
    return Stream.of(
        row.solution(),
        "Sure!\n```python\n" + whole + "```\nFor example:\n```\nprint(1)\n```",
        "<think>\n```python\ndef x(): pass\n```\n</think>\n" + whole,
        "```python\n" + row.solution().stripIndent() + "\n```");
  }

  @Test
  void theSolutionsAreRightHoweverTheyAreWritten() throws IOException, SandboxMissingException {
    List<String> wrong = new ArrayList<>();
    try (CodeVerifier verifier = new CodeVerifier(Bubblewrap.open())) {
      for (Row row : rows()) {
        wordings(row)
            .map(wording -> verify(verifier, row, wording))
            .filter(verdict -> !verdict.isCorrect())
            .forEach(verdict -> wrong.add(row.id() + " " + verdict));
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void spoiltSolutionsAreWrong() throws IOException, SandboxMissingException {
    List<String> right = new ArrayList<>();
    int spoilt = 0;
    Sandbox sandbox = Bubblewrap.open();
    try (CodeVerifier verifier = new CodeVerifier(sandbox)) {
      for (Row row : rows()) {
        Optional<String> mutant = mutant(sandbox, row);
        spoilt += mutant.isPresent() ? 1 : 0;
        if (mutant.isPresent()
            && !(verify(verifier, row, mutant.get()) instanceof Verdict.Incorrect)) {
          right.add(row.id() + ": " + mutant.get());
        }
      }
    }
    assertThat(right).isEmpty();
    assertThat(spoilt).isEqualTo(rows().size());
  }

  private static Optional<String> mutant(Sandbox sandbox, Row row) throws IOException {
    for (Function<String, String> spoil : SPOILS) {
      String mutant = spoil.apply(row.solution());
      if (!mutant.equals(row.solution()) && failsInPlainPython(sandbox, row.program(mutant))) {
        return Optional.of(mutant);
      }
    }
    return Optional.empty();
  }

  private static boolean failsInPlainPython(Sandbox sandbox, String program) throws IOException {
    Execution.Outcome outcome = Execution.run(
        sandbox, Job.of("python3", "-c", program), new byte[0], Duration.ofSeconds(20));
    return outcome.end() == Execution.End.EXITED && outcome.exit() == 1;
  }
}
