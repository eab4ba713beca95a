package dev.rowan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Models are fetched, listed, and used by name; and talked with. */
final class ModelCommandsTest {

  @TempDir
  private Path folder;

  private Policies policies() {
    Map<String, String> variables = Map.of("ROWAN_HOME", folder.resolve("home").toString());
    return new Policies(
        new LocalModels(), name -> Optional.ofNullable(variables.get(name)), folder);
  }

  private CommandRun run(String... args) {
    return CommandRun.of(policies(), args);
  }

  @Test
  void aPulledModelIsListedAndAnswersByItsName() throws IOException {
    assertThat(run("models").out()).contains("none yet").contains("rowan pull");
    Path model = TinyChatModel.write(folder.resolve("Tiny"));
    CommandRun pull = run("pull", model.toString());
    assertThat(pull.code()).as(pull.err()).isZero();
    assertThat(pull.out()).contains("kept as Tiny").contains("--model Tiny");
    assertThat(run("models").out()).contains("Tiny").contains("llama, 1 layers, context 512");
    CommandRun solve =
        run("solve", "--model", "tiny", "--max-tokens", "5", "--system", "Short.", "What is 1+1?");
    assertThat(solve.code()).as(solve.err()).isZero();
    assertThat(solve.out()).contains("37 tokens read, 5 written");
  }

  @Test
  void whatIsNoModelIsRefusedAndNotKept() {
    CommandRun pull = run("pull", "nowhere");
    assertThat(pull.code()).isEqualTo(Exit.MODEL.code());
    assertThat(pull.err()).startsWith("rowan: ").contains("'nowhere'").hasLineCount(1);
    assertThat(run("models").out()).contains("none yet");
  }

  private String chat(String typed) throws IOException {
    Path model = TinyChatModel.write(folder.resolve("chat"));
    StringWriter out = new StringWriter();
    int code = new CommandLine(new Chat(policies(), new StringReader(typed)))
        .setOut(new PrintWriter(out, true))
        .execute("--model", model.toString(), "--max-tokens", "6", "--seed", "3");
    assertThat(code).isZero();
    return out.toString();
  }

  @Test
  void aChatRemembersUntilItStartsOver() throws IOException {
    String twice = chat("hello\nhello\n/bye\nhello\n");
    assertThat(twice.split("> ", -1)).hasSize(4);
    assertThat(chat("hello\nhello\n")).isEqualTo(twice);
    // The second answer has another prompt, and so other words, than after a fresh start.
    assertThat(chat("hello\n/new\nhello\n")).isNotEqualTo(twice);
    assertThat(chat("\n/bye\n")).isEqualTo("> > ");
    assertThat(chat("x".repeat(600) + "\nhello\n")).contains("/new starts over");
  }
}
