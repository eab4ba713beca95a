package dev.rowan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of completions is gone on with where it is the beginning of the run, and else left alone. */
final class GenerateResumeTest {

  private static final String PROMPTS = """
      {"id": "a", "prompt": "Once upon a time"}
      {"id": "b", "prompt": "déjà vu"}
      {"prompt": "no id"}
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

  private byte[] bytes(String file) throws IOException {
    return Files.readAllBytes(folder.resolve(file));
  }

  private void assertRefusedUntouched(CommandRun run, String file, byte[] before, String... words)
      throws IOException {
    assertThat(run.code()).as(run.err()).isEqualTo(Exit.OUTPUT.code());
    assertThat(run.err()).startsWith("rowan: ").contains(words).hasLineCount(1);
    assertThat(bytes(file)).isEqualTo(before);
  }

  @Test
  void aRunBrokenOffAtAnyByteGoesOnToTheSameBytes() throws IOException {
    String[] sampled = {"--temperature", "1", "--samples", "2", "--max-tokens", "3"};
    assertThat(run(PROMPTS, "out.jsonl", sampled).code()).isZero();
    byte[] whole = bytes("out.jsonl");
    for (int length = 0; length <= whole.length; length += 23) {
      Files.write(folder.resolve("out.jsonl"), Arrays.copyOf(whole, length));
      CommandRun run = run(PROMPTS, "out.jsonl", sampled);
      assertThat(run.code()).as("%s bytes: %s", length, run.err()).isZero();
      assertThat(bytes("out.jsonl")).as("%s bytes", length).isEqualTo(whole);
    }
  }

  @Test
  void whatIsNoFileOfCompletionsIsLeftAlone() throws IOException {
    List<byte[]> others = List.of(
        "my notes".getBytes(StandardCharsets.UTF_8),
        "my notes\nand more".getBytes(StandardCharsets.UTF_8),
        "\n".getBytes(StandardCharsets.UTF_8),
        new byte[] {(byte) 0xC3, 0x28, 0, '\n', (byte) 0xFF},
        PROMPTS.getBytes(StandardCharsets.UTF_8),
        "{\"id\":\"a\",\"prompt\":\"Once upon a time\"}".getBytes(StandardCharsets.UTF_8),
        "{\"id\":\"a\",\"prompt\":\"Once upon a time\"}\n".getBytes(StandardCharsets.UTF_8),
        "{\"id\":\"a\",\"prompt\":\"Once upon a time\",\"completion\":1}\n"
            .getBytes(StandardCharsets.UTF_8),
        "{\"id\":\"a\",\"prompt\":\"Once upon a time\"\n".getBytes(StandardCharsets.UTF_8));
    for (byte[] other : others) {
      Files.write(folder.resolve("other.txt"), other);
      assertRefusedUntouched(
          run(PROMPTS, "other.txt"), "other.txt", other, "other.txt line 1", "prompt 'a'", "--out");
      assertThat(RunSettings.beside(folder.resolve("other.txt"))).doesNotExist();
    }
  }

  @Test
  void thePromptsAreNeverWrittenOver() throws IOException {
    assertRefusedUntouched(
        run(PROMPTS, "prompts.jsonl"),
        "prompts.jsonl",
        PROMPTS.getBytes(StandardCharsets.UTF_8),
        "would overwrite");
    Path link =
        Files.createSymbolicLink(folder.resolve("link.jsonl"), folder.resolve("prompts.jsonl"));
    assertThat(run(PROMPTS, link.getFileName().toString()).code()).isEqualTo(Exit.OUTPUT.code());
  }

  @Test
  void completionsOfOtherPromptsAreRefused() throws IOException {
    run(PROMPTS, "out.jsonl");
    byte[] before = bytes("out.jsonl");
    assertRefusedUntouched(
        run(PROMPTS.replace("\"b\"", "\"c\""), "out.jsonl"),
        "out.jsonl",
        before,
        "line 2 is no completion of prompt 'c'");
    assertRefusedUntouched(
        run(PROMPTS.replace("vu", "lu"), "out.jsonl"), "out.jsonl", before, "line 2");
    assertRefusedUntouched(
        run(PROMPTS.lines().findFirst().orElseThrow(), "out.jsonl"),
        "out.jsonl",
        before,
        "line 2 is one too many");
    assertThat(run(PROMPTS + "{\"id\": 4, \"prompt\": \"more\"}\n", "out.jsonl").code())
        .isZero();
    assertThat(bytes("out.jsonl")).startsWith(before).hasSizeGreaterThan(before.length);
  }

  @Test
  void idsMayRepeat() throws IOException {
    String prompts = """
        {"id": 1, "prompt": "x"}
        {"id": "1", "prompt": "y"}
        {"prompt": "z"}
        {"id": "line 3", "prompt": "z"}
        {"id": 1, "prompt": "x", "sample": 7}
        """;
    run(prompts, "out.jsonl");
    byte[] whole = bytes("out.jsonl");
    assertThat(Files.readAllLines(folder.resolve("out.jsonl"))).hasSize(5);
    run(prompts, "out.jsonl");
    assertThat(bytes("out.jsonl")).isEqualTo(whole);
    Files.write(folder.resolve("out.jsonl"), Arrays.copyOf(whole, whole.length / 3));
    run(prompts, "out.jsonl");
    assertThat(bytes("out.jsonl")).isEqualTo(whole);
  }

  @Test
  void otherSettingsAreNamedAndRefused() throws IOException {
    String[] begun = {"--temperature", "1", "--seed", "5"};
    assertThat(run(PROMPTS, "out.jsonl", begun).code()).isZero();
    byte[] before = bytes("out.jsonl");
    assertRefusedUntouched(
        run(PROMPTS, "out.jsonl", "--temperature", "0.5", "--seed", "6"),
        "out.jsonl",
        before,
        "--temperature 1.0 --seed 5",
        "not --temperature 0.5 --seed 6",
        "delete");
    assertRefusedUntouched(
        run(PROMPTS, "out.jsonl", "--temperature", "1", "--seed", "5", "--samples", "2"),
        "out.jsonl",
        before,
        "--samples 1");
    Path other = TinyChatModel.write(folder.resolve("other"));
    assertRefusedUntouched(
        new GenerateRun(folder, other).run(PROMPTS, "out.jsonl", begun),
        "out.jsonl",
        before,
        "--model " + folder.resolve("model"));
    Files.delete(folder.resolve("out.jsonl"));
    assertThat(run(PROMPTS, "out.jsonl", "--seed", "6").code()).isZero();
  }

  @Test
  void settingsThatAreLostOrDamagedAreTold() throws IOException {
    run(PROMPTS, "out.jsonl");
    byte[] before = bytes("out.jsonl");
    Path settings = RunSettings.beside(folder.resolve("out.jsonl"));
    Files.writeString(settings, "{");
    assertRefusedUntouched(run(PROMPTS, "out.jsonl"), "out.jsonl", before, "damaged", "delete");
    Files.delete(settings);
    CommandRun run = run(PROMPTS, "out.jsonl");
    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("settings.json is missing").hasLineCount(1);
    assertThat(bytes("out.jsonl")).isEqualTo(before);
    assertThat(run(PROMPTS, "out.jsonl").err()).isEmpty();
  }

  @Test
  void aDeviceIsWrittenAndNotLookedAt() throws IOException {
    assertThat(rowan.to(PROMPTS, Path.of("/dev/null")).code()).isZero();
    assertThat(Path.of("/dev/null" + RunSettings.ENDING)).doesNotExist();
    CommandRun full = rowan.to(PROMPTS, Path.of("/dev/full"));
    assertThat(full.code()).isEqualTo(Exit.OUTPUT.code());
    assertThat(full.err()).contains("cannot write /dev/full");
  }
}
