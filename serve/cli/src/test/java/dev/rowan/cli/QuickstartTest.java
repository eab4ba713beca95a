package dev.rowan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.data.nano.NanoVocabulary;
import dev.rowan.model.LlamaConfig;
import dev.rowan.model.LlamaWeights;
import dev.rowan.model.ModelFolder;
import dev.rowan.model.TokenHead;
import dev.rowan.tensor.DType;
import dev.rowan.tensor.RandomStream;
import dev.rowan.tensor.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code rowan quickstart} and {@code rowan nano}: what they refuse, and how. */
class QuickstartTest {

  @TempDir
  private Path dir;

  private CommandRun run(String... args) {
    return CommandRun.of(new Policies(new LocalModels(), name -> Optional.empty(), dir), args);
  }

  private CommandRun quickstart(Path out) {
    return run("quickstart", "--out", out.toString(), "--minutes", "1");
  }

  private static void assertRefused(CommandRun run, Exit exit, String... words) {
    assertThat(run.err()).startsWith("rowan: ").contains(words).hasLineCount(1);
    assertThat(run.code()).isEqualTo(exit.code());
    assertThat(run.out()).isEmpty();
  }

  /** Writes a policy and its reward model, which know nothing, where the shipped ones would be. */
  private Path shipNonsense() throws IOException {
    LlamaConfig config = new LlamaConfig(
        80,
        16,
        32,
        1,
        1,
        1,
        16,
        NanoVocabulary.MAX_LENGTH,
        10_000,
        1e-5,
        NanoVocabulary.EOS,
        NanoVocabulary.PAD);
    ModelFolder policy = new ModelFolder(dir.resolve(Policies.SHIPPED));
    try (Scope _ = Scope.open();
        LlamaWeights weights = LlamaWeights.random(config, new RandomStream(1));
        TokenHead head = TokenHead.initial(weights)) {
      policy.write(weights, Map.of(), DType.BFLOAT16);
      new ModelFolder(policy.path().resolve("prm"))
          .write(weights, head.parameters(), DType.BFLOAT16);
    }
    Files.writeString(policy.path().resolve("tokenizer.json"), NanoVocabulary.tokenizerJson());
    return policy.path();
  }

  @Test
  void helpSaysWhatHappensAndWhereItGoes() {
    CommandRun run = run("quickstart", "--help");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("--out", "--seed", "--minutes", "goes on where it was");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-3", "NaN", "soon"})
  void minutesThatAreNoneAreNamed(String minutes) {
    Path out = dir.resolve("out");
    assertRefused(
        run("quickstart", "--minutes", minutes, "--out", out.toString()), Exit.USAGE, minutes);
    assertThat(out).doesNotExist();
  }

  @Test
  void withoutTheShippedModelItSaysHowToMakeIt() {
    Path out = dir.resolve("out");
    assertRefused(
        quickstart(out), Exit.MODEL, dir.resolve(Policies.SHIPPED).toString(), "rowan nano --out");
    assertThat(out).doesNotExist();
  }

  @Test
  void aTruncatedModelIsNamedBeforeAnythingIsWritten() throws Exception {
    Path weights = shipNonsense().resolve("prm/model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    Files.write(weights, Arrays.copyOf(bytes, bytes.length / 2));
    Path out = dir.resolve("out");
    assertRefused(quickstart(out), Exit.MODEL, weights.toString());
    assertThat(out).doesNotExist();
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws Exception {
    shipNonsense();
    Path file = Files.writeString(dir.resolve("file"), "mine");
    assertRefused(
        quickstart(file.resolve("run")), Exit.OUTPUT, file.resolve("run").toString(), "--out");
    assertThat(file).hasContent("mine");
  }

  @Test
  void theRunOfAnotherSeedInTheFolderIsNotTouched() throws Exception {
    shipNonsense();
    Path out = Files.createDirectories(dir.resolve("out"));
    String plan = """
        {"seed":7,"minutes":1.0,"rounds":2,"problems":4,"rollouts":4,"searched":2,"keptPerProblem":2,\
        "learningRate":0.001,"heldOut":6,"samples":4}
        """;
    Files.writeString(out.resolve("plan.json"), plan);
    assertRefused(quickstart(out), Exit.RUN, "seed 7", out.toString(), "another folder");
    assertThat(out.resolve("plan.json")).hasContent(plan);
  }

  @Test
  void nanoNeedsAFolder() {
    assertRefused(run("nano"), Exit.USAGE, "--out");
  }

  @Test
  void nanoNamesAFolderThatCannotBeWritten() throws Exception {
    Path file = Files.writeString(dir.resolve("file"), "mine");
    assertRefused(
        run("nano", "--out", file.resolve("models").toString()),
        Exit.OUTPUT,
        file.resolve("models").toString());
    assertThat(file).hasContent("mine");
  }
}
