package dev.rowan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class VerifyTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir
  private Path dir;

  private static CommandRun verify(String... args) {
    return CommandRun.of(
        CommandRun.nobody(),
        Stream.concat(Stream.of("verify"), Stream.of(args)).toArray(String[]::new));
  }

  @Test
  void oneAnswerIsShownWithItsSpanAndReason() {
    CommandRun run =
        verify("--kind", "math", "--gold", "\\frac12", "--answer", "The answer is \\boxed{0.5}");
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("verdict    correct")
        .contains("extracted  0.5  (characters 21 to 24)")
        .contains("reason     ");
  }

  @ParameterizedTest
  @CsvSource({"42,0,correct", "41,1,incorrect", "10^{9^{9^9}},2,unverifiable"})
  void theExitCodeIsTheVerdict(String answer, int code, String word) {
    CommandRun run = verify("--kind", "math", "--gold", "42", "--answer", "#### " + answer);
    assertThat(run.code()).isEqualTo(code);
    assertThat(run.out()).contains("verdict    " + word);
  }

  @Test
  void whatIsMissingIsNamed() {
    for (List<String> args : List.of(
        List.<String>of(),
        List.of("--kind", "math", "--answer", "4"),
        List.of("--kind", "maths", "--gold", "4", "--answer", "4"))) {
      CommandRun run = verify(args.toArray(String[]::new));
      assertThat(run.code()).isEqualTo(Exit.USAGE.code());
      assertThat(run.err()).startsWith("rowan: ").hasLineCount(1);
    }
    assertThat(verify("--kind", "maths", "--gold", "4", "--answer", "4").err())
        .contains("'maths'")
        .contains("choose one of math");
  }

  @Test
  void aFileIsCheckedInItsOrder() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      lines.add("{\"id\": \"" + i + "\", \"kind\": \"math\", \"gold\": \"" + i
          + "\", \"answer\": \"So the answer is " + (i % 4 == 0 ? i + 1 : i) + ".\"}");
    }
    Path out = dir.resolve("new/verdicts.jsonl");
    CommandRun run =
        verify(Files.write(dir.resolve("in.jsonl"), lines).toString(), "--out", out.toString());
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("750 correct, 250 incorrect, 0 unverifiable").contains("p95");
    assertThat(run.err()).contains("verify 1000/1000");
    List<String> results = Files.readAllLines(out);
    assertThat(results).hasSize(1_000);
    for (int i = 0; i < 1_000; i++) {
      JsonNode result = JSON.readTree(results.get(i));
      assertThat(result.path("id").asString()).isEqualTo(Integer.toString(i));
      assertThat(result.path("verdict").asString()).isEqualTo(i % 4 == 0 ? "incorrect" : "correct");
      assertThat(result.has("ms")).isTrue();
      assertThat(result.path("extracted").asString()).startsWith(i % 4 == 0 ? "" : "" + i);
    }
  }

  @Test
  void linesThatCannotBeReadAreUnverifiableAndTheRestRuns() throws IOException {
    Path in = Files.writeString(dir.resolve("in.jsonl"), """
        nonsense
        {"id": "a", "kind": "math", "gold": "4", "answer": "4"}

        {"id": "b", "kind": "oracle", "gold": "4", "answer": "4"}
        {"id": "c", "kind": "math", "answer": "4"}
        [1]
        {"id": "d", "kind": "math", "gold": 4, "answer": 4}
        """);
    CommandRun run = verify(in.toString());
    assertThat(run.code()).isEqualTo(Exit.BAD_LINES.code());
    List<JsonNode> results = run.out().lines().map(JSON::readTree).toList();
    assertThat(results)
        .extracting(result -> result.path("verdict").asString())
        .containsExactly(
            "unverifiable", "correct", "unverifiable", "unverifiable", "unverifiable", "correct");
    assertThat(results.get(0).path("reason").asString()).startsWith("line 1 is not JSON");
    assertThat(results.get(2).path("reason").asString()).contains("line 4").contains("oracle");
    assertThat(results.get(3).path("reason").asString()).contains("line 5").contains("gold");
    assertThat(results.get(2).path("id").asString()).isEqualTo("b");
    assertThat(run.err()).contains("2 correct, 0 incorrect, 4 unverifiable");
  }

  @Test
  void whatCannotBeCheckedIsItsLinesOwnTrouble() throws IOException {
    Path in = Files.writeString(dir.resolve("in.jsonl"), """
        {"kind": "judge", "rubric": " ", "problem": "p", "answer": "an answer"}
        {"kind": "preference", "rubric": "", "problem": "p", "answer": "one", "other": "two"}
        {"kind": "code", "language": "cobol", "tests": "x", "answer": "y"}
        {"kind": "number", "gold": "1", "answer": "1", "relative": -1}
        {"kind": "number", "gold": "1", "answer": "1", "digits": 400}
        {"kind": "schema", "gold": "{not json", "answer": "[1]"}
        {"kind": "math", "gold": "1", "answer": {"a": 1}}
        {"kind": ["math"], "gold": "1", "answer": "1"}
        {"kind": "choice", "gold": "Z", "answer": "Z"}
        {"kind": "math", "gold": "1", "answer": "1"}
        """);
    Files.writeString(dir.resolve("config.json"), "{}");
    CommandRun run = CommandRun.of(
        CommandRun.local(dir, Map.of()), "verify", in.toString(), "--model", dir.toString());
    List<JsonNode> results = run.out().lines().map(JSON::readTree).toList();
    assertThat(results).hasSize(10);
    assertThat(results.subList(0, 9)).allSatisfy(result -> {
      assertThat(result.path("verdict").asString()).isEqualTo("unverifiable");
      assertThat(result.path("reason").asString()).hasLineCount(1).doesNotContain("fault");
    });
    assertThat(results.getLast().path("verdict").asString()).isEqualTo("correct");
    assertThat(run.code()).isEqualTo(Exit.BAD_LINES.code());
  }

  @Test
  void windowsLineEndsAndMarksAreRead() throws IOException {
    Path in = Files.writeString(
        dir.resolve("in.jsonl"),
        "\uFEFF{\"kind\":\"exact\",\"gold\":\"a\",\"answer\":\"a\"}\r\n\r\n"
            + "{\"kind\":\"exact\",\"gold\":\"b\",\"answer\":\"b\"}");
    assertThat(verify(in.toString()).err()).contains("2 correct, 0 incorrect, 0 unverifiable");
  }

  @Test
  void halvesOfCharactersAreWrittenBackAsTheyWere() throws IOException {
    String line = "{\"kind\":\"exact\",\"gold\":\"a\",\"answer\":\"a\",\"id\":\"\\ud800 é\"}\n";
    Path file = Files.writeString(dir.resolve("half.jsonl"), line);
    Path out = dir.resolve("out.jsonl");
    CommandRun run = verify(file.toString(), "--out", out.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(Files.readString(out)).contains("\"id\":\"\\ud800 é\"");
    assertThat(verify(file.toString()).out()).contains("\"id\":\"\\ud800 é\"");
  }

  @Test
  void theAnswersAreNeverWrittenOver() throws IOException {
    Path file = Files.writeString(dir.resolve("out.jsonl.part"), "{}\n");
    for (String out : List.of(file.toString(), dir.resolve("out.jsonl").toString())) {
      CommandRun run = verify(file.toString(), "--out", out);
      assertThat(run.code()).isEqualTo(Exit.OUTPUT.code());
      assertThat(run.err()).contains("would overwrite the input " + file).hasLineCount(1);
      assertThat(file).hasContent("{}");
    }
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    CommandRun run = verify("/no/such.jsonl");
    assertThat(run.code()).isEqualTo(Exit.PROBLEMS.code());
    assertThat(run.err()).contains("/no/such.jsonl").hasLineCount(1);
  }

  @Test
  void aFileWithoutAnswersIsNamed() throws IOException {
    Path empty = Files.writeString(dir.resolve("empty.jsonl"), "\n\n");
    CommandRun run = verify(empty.toString(), "--out", dir.resolve("out.jsonl").toString());
    assertThat(run.code()).isEqualTo(Exit.PROBLEMS.code());
    assertThat(run.err()).contains("holds no answers").hasLineCount(1);
    assertThat(dir.resolve("out.jsonl")).doesNotExist();
  }

  @Test
  void everyKindThatComparesHasItsExample() throws IOException {
    String help = verify("--help").out();
    List<String> examples = help.lines()
        .map(String::strip)
        .filter(line -> line.startsWith("{\"kind\"") && line.contains("\"gold\""))
        .toList();
    assertThat(examples).hasSize(6);
    CommandRun run = verify(Files.write(dir.resolve("help.jsonl"), examples).toString());
    assertThat(run.err()).contains("6 correct, 0 incorrect, 0 unverifiable");
    assertThat(run.code()).isZero();
  }

  @Test
  void aToleranceThatCannotBeReadIsNamed() {
    CommandRun run =
        verify("--kind", "number", "--gold", "4", "--answer", "4", "--column", "digits=many");
    assertThat(run.code()).isEqualTo(Exit.USAGE.code());
    assertThat(run.err()).contains("digits");
  }

  @Test
  void claimsOfArithmeticAreDecidedWithACounterexample() {
    String gold = "(declare-const n Int) (assert (> n 3)) true";
    assertThat(
            verify("--kind", "smt", "--gold", gold, "--answer", "(> (+ n 1) 4)").code())
        .isZero();
    CommandRun run = verify("--kind", "smt", "--gold", gold, "--answer", "(> n 4)");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("differs for").contains("n");
  }
}
