package dev.rowan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A file of prompts in, a file of completions out. */
final class GenerateTest {

  private static final String PROMPTS = """
      {"id": "a", "prompt": "Once upon a time", "extra": 1}
      {"id": "b", "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi"}]}

      {"id": 3, "prompt": "déjà vu"}
      """;

  @TempDir
  private Path folder;

  private GenerateRun rowan = new GenerateRun(Path.of(""), Path.of(""));

  @BeforeEach
  void model() throws IOException {
    rowan = GenerateRun.withModel(folder);
  }

  private CommandRun run(String prompts, String out, String... options) throws IOException {
    return rowan.run(prompts, out, options);
  }

  private List<JsonNode> lines(String out) throws IOException {
    return Files.readAllLines(folder.resolve(out)).stream()
        .map(JsonMapper.shared()::readTree)
        .toList();
  }

  @Test
  void everyLineComesBackCompletedInOrder() throws IOException {
    CommandRun run = run(PROMPTS, "out.jsonl");
    assertThat(run.code()).as(run.err()).isZero();
    List<JsonNode> lines = lines("out.jsonl");
    assertThat(lines)
        .extracting(line -> line.path("id").asString("3"))
        .containsExactly("a", "b", "3");
    assertThat(lines.getFirst().path("extra").asInt()).isEqualTo(1);
    assertThat(lines.getFirst().path("prompt").asString()).isEqualTo("Once upon a time");
    assertThat(lines).allSatisfy(line -> {
      assertThat(line.path("completion").isString()).isTrue();
      assertThat(line.path("finish").asString()).isIn("stop", "length");
      assertThat(line.path("usage").path("completion_tokens").asInt()).isBetween(1, 8);
      assertThat(line.has("sample")).isFalse();
    });
    assertThat(lines)
        .extracting(line -> line.path("usage").path("prompt_tokens").asInt())
        // Bytes of the text; those of the chat as the template puts it, a token for each mark.
        .containsExactly(16, 1 + 17 + 1 + 1 + 8 + 1 + 1, 9);
  }

  @Test
  void theSameSeedGivesTheSameBytesAndABrokenRunGoesOn() throws IOException {
    String[] sampled = {"--temperature", "1", "--samples", "3", "--seed", "5"};
    assertThat(run(PROMPTS, "whole.jsonl", sampled).code()).isZero();
    byte[] whole = Files.readAllBytes(folder.resolve("whole.jsonl"));
    assertThat(lines("whole.jsonl"))
        .extracting(line -> line.path("sample").asInt())
        .containsExactly(0, 1, 2, 0, 1, 2, 0, 1, 2);
    assertThat(lines("whole.jsonl").subList(0, 3))
        .extracting(line -> line.path("completion").asString())
        .doesNotHaveDuplicates();

    Files.write(folder.resolve("broken.jsonl"), Arrays.copyOf(whole, whole.length / 2));
    assertThat(run(PROMPTS, "broken.jsonl", sampled).code()).isZero();
    assertThat(folder.resolve("broken.jsonl")).hasBinaryContent(whole);
    assertThat(run(PROMPTS, "broken.jsonl", sampled).code()).isZero();
    assertThat(folder.resolve("broken.jsonl")).hasBinaryContent(whole);
    assertThat(
            run(PROMPTS, "other.jsonl", "--temperature", "1", "--samples", "3").code())
        .isZero();
    assertThat(Files.readAllBytes(folder.resolve("other.jsonl"))).isNotEqualTo(whole);
  }

  @Test
  void linesThatCannotBeUsedSayWhy() throws IOException {
    CommandRun run = run("""
        {"id": "none"}
        {"id": "role", "messages": [{"role": "robot", "content": "x"}]}
        {"id": "long", "prompt": "%s"}
        {"id": "empty", "prompt": ""}
        no json
        {"id": "fine", "prompt": "x"}
        """.formatted("x".repeat(600)), "out.jsonl");
    assertThat(run.code()).isEqualTo(Exit.BAD_LINES.code());
    List<JsonNode> lines = lines("out.jsonl");
    assertThat(lines).hasSize(6);
    assertThat(lines)
        .extracting(line -> line.path("error").asString(""))
        .satisfiesExactly(
            error -> assertThat(error).contains("'prompt'"),
            error -> assertThat(error).contains("'robot'"),
            error -> assertThat(error).contains("600 tokens"),
            error -> assertThat(error).contains("empty"),
            error -> assertThat(error).contains("no JSON"),
            error -> assertThat(error).isEmpty());
    assertThat(lines.getLast().has("completion")).isTrue();
  }

  @Test
  void whatIsWrongWithTheFilesIsNamed() throws IOException {
    assertThat(run("", "out.jsonl").err()).contains("holds no prompt");
    assertThat(run(PROMPTS, "out.jsonl", "--samples", "0").code()).isEqualTo(Exit.USAGE.code());
    GenerateRun absent = new GenerateRun(folder, Path.of("absent"));
    assertThat(absent.run(PROMPTS, "out.jsonl").err())
        .contains("no model 'absent'")
        .hasLineCount(1);
  }

  @Test
  void bytesThatAreNoUtf8AndHalvesOfCharactersAreTheirOwnLinesTrouble() throws IOException {
    ByteArrayOutputStream prompts = new ByteArrayOutputStream();
    prompts.writeBytes(
        "\uFEFF{\"id\": \"a\", \"prompt\": \"é\"}\n".getBytes(StandardCharsets.UTF_8));
    prompts.writeBytes(new byte[] {'{', '"', (byte) 0xC3, '"', '\n', '\n'});
    prompts.writeBytes("""
        {"id": "half", "prompt": "a \\ud800 b"}
        {"id": "chat", "messages": [{"role": "user", "content": "\\udc00"}]}
        {"id": "\\ud800", "prompt": "\\ud83d\\ude00"}
        {"prompt": "unnamed", "error": "old", "completion": "old", "finish": "old"}
        """.getBytes(StandardCharsets.UTF_8));
    Path file = Files.write(folder.resolve("bytes.jsonl"), prompts.toByteArray());
    for (int i = 0; i < 2; i++) {
      CommandRun run = rowan.of(file, folder.resolve("out.jsonl"));
      assertThat(run.code()).as(run.err()).isEqualTo(Exit.BAD_LINES.code());
      List<JsonNode> lines = lines("out.jsonl");
      assertThat(lines)
          .extracting(line -> line.path("error").asString(""))
          .satisfiesExactly(
              error -> assertThat(error).isEmpty(),
              error -> assertThat(error).contains("not UTF-8"),
              error -> assertThat(error).contains("half a character"),
              error -> assertThat(error).contains("half a character"),
              error -> assertThat(error).isEmpty(),
              error -> assertThat(error).isEmpty());
      assertThat(lines.get(2).path("prompt").asString()).isEqualTo("a \ud800 b");
      assertThat(lines.get(4).path("id").asString()).isEqualTo("\ud800");
      assertThat(lines.get(5).path("id").asString()).isEqualTo("line 7");
      assertThat(lines.get(5).path("completion").asString()).isNotEqualTo("old");
    }
  }
}
