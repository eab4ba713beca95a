package dev.rowan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
final class CodeKindTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir
  private Path dir;

  private static CommandRun verify(String... args) {
    return CommandRun.of(
        CommandRun.nobody(),
        Stream.concat(Stream.of("verify"), Stream.of(args)).toArray(String[]::new));
  }

  private List<JsonNode> verdicts(String... lines) throws IOException {
    Path file = Files.write(dir.resolve("answers.jsonl"), List.of(lines));
    Path out = dir.resolve("verdicts.jsonl");
    verify(file.toString(), "--out", out.toString());
    return Files.readAllLines(out).stream().map(JSON::readTree).toList();
  }

  @Test
  void oneAnswerIsRun() {
    for (String[] each : new String[][] {{"a + b", "0"}, {"a - b", "1"}, {"1 +", "1"}}) {
      CommandRun run = verify(
          "--kind",
          "code",
          "--column",
          "entry_point=add",
          "--column",
          "tests=assert add(1, 2) == 3",
          "--answer",
          "def add(a, b): return " + each[0]);
      assertThat(run.code()).as(run.out() + run.err()).isEqualTo(Integer.parseInt(each[1]));
    }
  }

  @Test
  void everyWayToTestIsReadFromAFile() throws IOException {
    List<JsonNode> verdicts = verdicts("""
        {"kind":"code","tests":["assert f(1) == 2","assert f(2) == 3"],"answer":"def f(x): return x + 1"}""", """
        {"kind":"code","language":"python","inputs":["1 2","3 4"],"outputs":["3","7"],"answer":"Read:\\n```python\\nprint(sum(map(int, input().split())))\\n```"}""", """
        {"kind":"code","entry_point":"f","inputs":[[1],[2]],"outputs":[2,3],"answer":"def f(x): return x + 1"}""", """
        {"task_id":"T/0","prompt":"def f(x):\\n    \\"\\"\\"add\\"\\"\\"\\n","entry_point":"f","canonical_solution":"    return x + 1\\n","test":"def check(candidate):\\n    assert candidate(1) == 2\\n"}""", """
        {"kind":"code","entry_point":"f","inputs":[[1]],"outputs":[2],"answer":"import os\\nos._exit(0)"}""", """
        {"kind":"code","language":"js","entry_point":"f","inputs":[[[2,1]]],"outputs":[null],"arguments":[[[1,2]]],"answer":"function f(xs) { xs.sort() }"}""", """
        {"kind":"code","language":"php","tests":"assert(f(1) === 2);","answer":"function f($x) { return $x + 1; }"}""");

    assertThat(verdicts.stream().map(line -> line.path("verdict").asString()))
        .containsExactly(
            "correct", "correct", "correct", "correct", "incorrect", "correct", "correct");
    assertThat(verdicts.get(1).path("extracted").asString()).startsWith("print(sum");
  }

  @Test
  void theTimeOfAProgramIsLimited() {
    String[] args = {
      "--kind",
      "code",
      "--column",
      "entry_point=f",
      "--column",
      "tests=assert f(1) == 1",
      "--answer",
      "def f(x):\n    while True: pass",
      "--code-seconds"
    };
    CommandRun run = verify(Stream.concat(Stream.of(args), Stream.of("1")).toArray(String[]::new));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).contains("1 s");
    assertThat(verify(Stream.concat(Stream.of(args), Stream.of("0")).toArray(String[]::new))
            .err())
        .contains("--code-seconds is 0")
        .hasLineCount(1);
  }

  @Test
  void aLineWithoutTestsOrAnswerSaysWhatIsMissing() throws IOException {
    List<JsonNode> verdicts = verdicts(
        "{\"kind\":\"code\",\"answer\":\"x\"}",
        "{\"kind\":\"code\",\"inputs\":[\"1\"],\"outputs\":[],\"answer\":\"x\"}",
        "{\"kind\":\"code\",\"tests\":\"assert f(1)\"}");

    assertThat(verdicts).allMatch(line -> line.path("verdict").asString().equals("unverifiable"));
    assertThat(verdicts.get(0).path("reason").asString()).contains("line 1", "\"tests\"");
    assertThat(verdicts.get(2).path("reason").asString()).contains("line 3", "\"answer\"");
  }
}
