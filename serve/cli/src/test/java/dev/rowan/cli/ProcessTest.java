package dev.rowan.cli;

import static dev.rowan.testkit.Behaviours.babbles;
import static dev.rowan.testkit.Behaviours.delta;
import static dev.rowan.testkit.Behaviours.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.testkit.FakeEndpoint;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command line as a process of its own: exit codes, signals, full disks. */
@Timeout(60)
class ProcessTest {

  @TempDir
  private Path dir;

  private static List<String> java(String... args) {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:-UsePerfData",
        "-Xshare:auto",
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName()));
    command.addAll(List.of(args));
    return command;
  }

  private static Process start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("OPENAI_API_KEY");
    return builder.start();
  }

  private static String text(java.io.InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void anAnswerIsWrittenAndTheProcessEnds() throws Exception {
    try (FakeEndpoint server = FakeEndpoint.start(says("#### 42"))) {
      Process process =
          start(java("solve", "6 * 7?", "--upstream", server.url(), "--upstream-model", "tiny"));
      assertThat(text(process.getInputStream())).startsWith("#### 42").contains("answer  42");
      assertThat(text(process.getErrorStream())).isEmpty();
      assertThat(process.waitFor()).isZero();
    }
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void controlCGivesUpTheRequestAndEndsWith130() throws Exception {
    try (FakeEndpoint server = FakeEndpoint.start(babbles(delta("and ")))) {
      Process process = start(java(
          "solve",
          "6 * 7?",
          "--max-tokens",
          "1000000",
          "--upstream",
          server.url(),
          "--upstream-model",
          "tiny"));
      assertThat(process.getInputStream().readNBytes(20)).hasSize(20);
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(Exit.INTERRUPTED.code());
      assertThat(text(process.getErrorStream())).isEqualTo("rowan: interrupted\n");
      assertThat(server.abandoned().await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsNamedAndLeavesNoOutput() throws Exception {
    StringBuilder problems = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      problems
          .append("{\"id\":\"p")
          .append(i)
          .append("\",\"question\":\"6 * 7?\",\"answer\":\"42\"}\n");
    }
    Path file = Files.writeString(dir.resolve("problems.jsonl"), problems);
    Path out = dir.resolve("samples.jsonl");
    try (FakeEndpoint server = FakeEndpoint.start(says("#### 42"))) {
      // A limit on file sizes stands for the full disk: it needs no privileges.
      List<String> command =
          new ArrayList<>(List.of("bash", "-c", "ulimit -f 4; exec \"$@\"", "bash"));
      command.addAll(java(
          "eval",
          "--problems",
          file.toString(),
          "--out",
          out.toString(),
          "--upstream",
          server.url(),
          "--upstream-model",
          "tiny"));
      Process process = start(command);
      String err = text(process.getErrorStream());
      assertThat(process.waitFor()).as(err).isEqualTo(Exit.OUTPUT.code());
      assertThat(err).contains("cannot write " + out).doesNotContain("\tat ");
      assertThat(out).doesNotExist();
    }
  }

  /** Answers without end, until nobody wants more. */
  private static Process startVerifying(String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of("verify", "-"));
    command.addAll(List.of(args));
    Process process = start(java(command.toArray(String[]::new)));
    Thread.ofVirtual().start(() -> {
      String lines = "{\"kind\":\"exact\",\"gold\":\"a\",\"answer\":\"a\"}\n".repeat(100);
      try (Writer in = process.outputWriter()) {
        while (process.isAlive()) {
          in.write(lines);
        }
      } catch (IOException e) {
        // The process has ended, which is what is tested.
      }
    });
    return process;
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void controlCLeavesWholeLinesInThePart() throws Exception {
    Path out = dir.resolve("verdicts.jsonl");
    Path part = dir.resolve("verdicts.jsonl.part");
    Process process = startVerifying("--out", out.toString());
    while (process.isAlive() && (!Files.exists(part) || Files.size(part) == 0)) {
      Thread.sleep(20);
    }
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(Exit.INTERRUPTED.code());
    assertThat(text(process.getErrorStream())).isEqualTo("rowan: interrupted\n");
    assertThat(out).doesNotExist();
    assertThat(Files.readString(part)).endsWith("}\n");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aReaderThatHasSeenEnoughEndsIt() throws Exception {
    Process process = startVerifying();
    process.inputReader().readLine();
    process.getInputStream().close();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(Exit.OUTPUT.code());
    assertThat(text(process.getErrorStream())).contains("was closed").hasLineCount(1);
  }
}
