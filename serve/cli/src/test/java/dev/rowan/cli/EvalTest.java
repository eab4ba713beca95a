package dev.rowan.cli;

import static dev.rowan.testkit.Behaviours.refuses;
import static dev.rowan.testkit.Behaviours.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.testkit.FakeEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvalTest {

  private static final String PROBLEMS = """
      {"id": "a", "question": "6 * 7?", "answer": "#### 42"}
      {"id": "b", "question": "1 + 1?", "answer": "2"}
      """;

  @TempDir
  private Path dir;

  private Path file;
  private Policies policies;

  @BeforeEach
  void prepare() throws IOException {
    file = Files.writeString(dir.resolve("problems.jsonl"), PROBLEMS);
    Path model = Files.createDirectories(dir.resolve(Policies.SHIPPED));
    Files.writeString(model.resolve("config.json"), "{}");
    policies = CommandRun.local(
        dir, Map.of("6 * 7?\n", List.of("#### 42"), "1 + 1?\n", List.of("#### 3")));
  }

  private CommandRun eval(String... args) {
    String[] start = {"eval", "--problems", file.toString()};
    return CommandRun.of(
        policies, Stream.of(start, args).flatMap(Stream::of).toArray(String[]::new));
  }

  @Test
  void accuracyCoverageMajorityAndCostArePrinted() {
    CommandRun run = eval("--samples", "4");
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("8: 4 right, 4 wrong")
        .contains("accuracy  50.0 %  [")
        .contains("coverage@4")
        .contains("majority@4")
        .contains("tokens/s")
        .contains("8 calls");
    assertThat(run.err()).contains("eval 8/8 4 right");
  }

  @Test
  void everySampleIsKept() throws IOException {
    Path out = dir.resolve("new/samples.jsonl");
    assertThat(eval("--samples", "3", "--out", out.toString()).code()).isZero();
    assertThat(Files.readAllLines(out)).hasSize(6).allMatch(line -> line.startsWith("{\"id\":"));
    assertThat(out.getParent()).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void badLinesAreNamedAndTheRestRuns() throws IOException {
    Files.writeString(file, "nonsense\n" + PROBLEMS + "{\"question\": \"\"}\n{\"answer\": 1}\n");
    CommandRun run = eval();
    assertThat(run.code()).isEqualTo(Exit.BAD_LINES.code());
    assertThat(run.err()).contains("line 1 ").contains("line 4 ").contains("line 5 ");
    assertThat(run.out()).contains("samples   2");
  }

  @Test
  void problemsThatNothingCouldMeasureAreNamedAndLeftOut() throws IOException {
    String unmeasurable = """
        {"question": "Why?", "ground_truth": "A: 18"}
        {"question": "Why?", "answer": "so #### "}
        {"question": "Why \\ud800?", "answer": "18"}
        """;
    Files.writeString(file, unmeasurable + """
        {"question": "Use 6, 19, 1 to make 14."}
        """ + PROBLEMS);
    CommandRun run = eval("--limit", "3");
    assertThat(run.code()).isEqualTo(Exit.BAD_LINES.code());
    assertThat(run.err())
        .contains("line 1 has no \"answer\"")
        .contains("line 2 has no \"answer\"")
        .contains("line 3 has half a character");
    assertThat(run.out()).contains("samples   3").doesNotContain("unverifiable");
    Files.writeString(file, unmeasurable);
    run = eval();
    assertThat(run.code()).isEqualTo(Exit.PROBLEMS.code());
    assertThat(run.err()).contains("holds no problem").doesNotContain("eval 1/");
  }

  @Test
  void theProblemsAreNeverWrittenOver() throws IOException {
    Path part = Files.copy(file, dir.resolve("samples.jsonl.part"));
    assertFails(eval("--out", file.toString()), Exit.OUTPUT, "would overwrite the input " + file);
    assertThat(file).hasContent(PROBLEMS);
    CommandRun run = CommandRun.of(
        policies,
        "eval",
        "--problems",
        part.toString(),
        "--out",
        dir.resolve("samples.jsonl").toString());
    assertFails(run, Exit.OUTPUT, "would overwrite the input " + part);
    assertThat(part).hasContent(PROBLEMS);
  }

  @Test
  void aLinkToTheOutputStaysALink() throws IOException {
    Path kept = Files.writeString(dir.resolve("kept.jsonl"), "old");
    Path link = Files.createSymbolicLink(dir.resolve("link.jsonl"), kept);
    assertThat(eval("--out", link.toString()).code()).isZero();
    assertThat(link).isSymbolicLink();
    assertThat(Files.readAllLines(kept)).hasSize(2);
  }

  @Test
  void theLimitIsInProblems() {
    assertThat(eval("--limit", "1").out())
        .contains("1: 1 right, 0 wrong")
        .contains("accuracy  100.0 %");
  }

  @Test
  void attemptsThatTheBudgetDoesNotPayForAreInNoRate() {
    CommandRun run = eval("--samples", "4", "--budget-tokens", "3");
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("5 unverifiable")
        .contains("3 written")
        .contains("5 samples failed");
  }

  @Test
  void someFailedSamplesDoNotLoseTheOthers() {
    try (FakeEndpoint server =
        FakeEndpoint.start(says("#### 42"), refuses(400, "no"), says("#### 2"))) {
      CommandRun run = CommandRun.upstream(
          server.url(),
          "eval",
          "--problems",
          file.toString(),
          "--samples",
          "2",
          "--concurrency",
          "1");
      assertThat(run.code()).isZero();
      assertThat(run.out()).contains("1 unverifiable").contains("1 samples failed");
    }
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    CommandRun run = CommandRun.of(policies, "eval", "--problems", "/no/such.jsonl");
    assertFails(run, Exit.PROBLEMS, "/no/such.jsonl");
  }

  @Test
  void aFileWithoutProblemsIsNamed() throws IOException {
    Files.writeString(file, "\n");
    assertFails(eval(), Exit.PROBLEMS, file.toString());
    Files.write(file, new byte[] {(byte) 0xC3, (byte) 0x28, '\n'});
    assertThat(eval().code()).isEqualTo(Exit.PROBLEMS.code());
  }

  @Test
  void anOutputThatCannotBeWrittenIsNamedBeforeAnyWork() throws IOException {
    Path blocker = Files.writeString(dir.resolve("blocker"), "");
    for (String out : List.of(blocker + "/samples.jsonl", dir.toString(), "/dev/full")) {
      CommandRun run = eval("--out", out);
      assertFails(run, Exit.OUTPUT, out);
    }
  }

  @Test
  void nothingHalfWrittenTakesTheNameOfTheOutput() {
    Path out = dir.resolve("samples.jsonl");
    try (FakeEndpoint server = FakeEndpoint.start(refuses(401, "who are you?"))) {
      CommandRun run = CommandRun.upstream(
          server.url(), "eval", "--problems", file.toString(), "--out", out.toString());
      assertThat(run.code()).isEqualTo(Exit.UNAUTHORIZED.code());
    }
    assertThat(out).doesNotExist();
  }

  private static void assertFails(CommandRun run, Exit exit, String words) {
    assertThat(run.err()).startsWith("rowan: ").contains(words).hasLineCount(1);
    assertThat(run.code()).isEqualTo(exit.code());
    assertThat(run.out()).isEmpty();
  }
}
