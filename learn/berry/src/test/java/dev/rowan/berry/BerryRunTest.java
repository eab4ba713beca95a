package dev.rowan.berry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowan.berry.report.Round;
import dev.rowan.berry.report.Summary;
import dev.rowan.berry.report.SummaryFile;
import dev.rowan.model.LlamaWeights;
import dev.rowan.model.ModelException;
import dev.rowan.model.ModelFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Timeout(120)
class BerryRunTest {

  @TempDir
  private static Path shared;

  private static Path models = Path.of("");
  private static Path whole = Path.of("");

  @TempDir
  private Path dir;

  @BeforeAll
  static void runOnce() throws Exception {
    models = shared.resolve("models");
    whole = shared.resolve("whole");
    TinyRun.writeModels(models);
    TinyRun.of(models, whole, Progress.SILENT, TinyRun.BY_CHANCE).run();
  }

  /** The figures without those that no two runs share: times, and how requests happened to be batched. */
  private static JsonNode figures(Path run) throws IOException {
    ObjectNode summary =
        (ObjectNode) JsonMapper.shared().readTree(Files.readString(run.resolve("summary.json")));
    summary.remove(List.of("seconds", "shares", "forwardPasses"));
    summary.path("rounds").forEach(round -> ((ObjectNode) round).remove("seconds"));
    return summary;
  }

  private static void assertSameAsTheWholeRun(Path run) throws IOException {
    for (String file : List.of(
        "model/model.safetensors",
        "round-0001/rollouts.jsonl",
        "round-0002/rollouts.jsonl",
        "round-0002/checkpoint/weights.safetensors",
        "round-0002/checkpoint/optimizer.safetensors")) {
      assertThat(run.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
    }
    assertThat(figures(run)).isEqualTo(figures(whole));
  }

  @Test
  void aRunLeavesFiguresReportModelAndItsRounds() throws Exception {
    Summary summary = SummaryFile.read(whole.resolve("summary.json"));
    assertThat(summary.seed()).isEqualTo(7);
    assertThat(summary.heldOut().problems()).isEqualTo(6);
    assertThat(summary.rounds()).extracting(Round::round).containsExactly(1, 2);
    assertThat(summary.cost().rollouts()).isEqualTo(2 * 4 * 4);
    assertThat(summary.cost().kept())
        .isEqualTo(summary.rounds().stream().mapToLong(Round::kept).sum());
    assertThat(summary.cost().backwardPasses()).isPositive();
    assertThat(whole.resolve("report.html")).content().contains("<html");
    assertThat(whole.resolve("round-0001/rollouts.jsonl")).content().hasLineCount(16);
    assertThat(whole.resolve("round-0001/checkpoint")).doesNotExist();
    assertThat(whole.resolve("round-0002/checkpoint")).isDirectory();
    assertThat(whole.resolve("round.part")).doesNotExist();
  }

  @Test
  void theModelThatComesOutHasLearnedAndCanBeOpened() throws Exception {
    ModelFolder model = new ModelFolder(whole.resolve("model"));
    model.tokenizer().close();
    try (LlamaWeights weights = model.weights()) {
      assertThat(weights.config()).isEqualTo(TinyModels.CONFIG);
    }
    assertThat(Files.mismatch(
            whole.resolve("model/model.safetensors"), models.resolve("policy/model.safetensors")))
        .isNotNegative();
  }

  @Test
  void aRunThatWasInterruptedGoesOnToTheSameResult() throws Exception {
    Progress interrupting = new Progress() {
      @Override
      public void stage(String name, long total) {}

      @Override
      public void advance(long amount, String figures) {
        if (figures.startsWith("reward")) {
          Thread.currentThread().interrupt();
        }
      }
    };
    assertThatThrownBy(
            () -> TinyRun.of(models, dir, interrupting, TinyRun.BY_CHANCE).run())
        .isInstanceOf(InterruptedException.class);
    assertThat(dir.resolve("round-0001")).exists();
    assertThat(dir.resolve("round-0002")).doesNotExist();
    TinyRun.of(models, dir, Progress.SILENT, TinyRun.BY_CHANCE).run();
    assertSameAsTheWholeRun(dir);
  }

  @Test
  void aRunThatWasKilledGoesOnToTheSameResult() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-javaagent"))
        .forEach(command::add);
    command.addAll(List.of(
        "-cp",
        System.getProperty("java.class.path"),
        TinyRun.class.getName(),
        models.toString(),
        dir.toString()));
    Process process = new ProcessBuilder(command)
        .redirectError(shared.resolve("child-errors").toFile())
        .start();
    try (BufferedReader lines = process.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("in round 2");
    } finally {
      process.destroyForcibly().waitFor();
    }
    TinyRun.of(models, dir, Progress.SILENT, TinyRun.BY_CHANCE).run();
    assertSameAsTheWholeRun(dir);
  }

  @Test
  void anotherPlanInTheSameFolderIsRefused() {
    assertThatThrownBy(
            () -> TinyRun.of(models, whole, TinyRun.plan(8), Progress.SILENT, TinyRun.BY_CHANCE)
                .run())
        .isInstanceOf(BerryException.class)
        .hasMessageContaining("seed 7")
        .hasMessageContaining(whole.toString())
        .hasMessageContaining("another folder");
  }

  @Test
  void aFinishedRunTellsItsFiguresAgainAndDoesNothing() throws Exception {
    Summary summary = SummaryFile.read(whole.resolve("summary.json"));
    List<String> stages = new ArrayList<>();
    Progress telling = new Progress() {
      @Override
      public void stage(String name, long total) {
        stages.add(name);
      }

      @Override
      public void advance(long amount, String figures) {}
    };
    assertThat(TinyRun.of(models, whole, telling, TinyRun.BY_CHANCE).run()).isEqualTo(summary);
    assertThat(stages).isEmpty();
  }

  @Test
  void twoRunsInOneFolderAreOneTooMany() throws Exception {
    try (FileChannel _ = new RunFolder(dir).lock()) {
      assertThatThrownBy(
              () -> TinyRun.of(models, dir, Progress.SILENT, TinyRun.BY_CHANCE).run())
          .isInstanceOf(BerryException.class)
          .hasMessageContaining("another run is at work in " + dir);
    }
    assertThat(dir.resolve("plan.json")).doesNotExist();
  }

  @Test
  void aMissingRewardModelIsToldBeforeAnythingIsWritten() throws Exception {
    TinyModels.policy(dir.resolve("policy"));
    Path out = dir.resolve("out");
    assertThatThrownBy(
            () -> TinyRun.of(dir, out, Progress.SILENT, TinyRun.BY_CHANCE).run())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("judge");
    assertThat(out).doesNotExist();
  }

  @Test
  void aLostCheckpointIsNamed() throws Exception {
    for (String file : List.of("plan.json", "before.json", "round-0001/metrics.json")) {
      Files.createDirectories(dir.resolve(file).getParent());
      Files.copy(whole.resolve(file), dir.resolve(file));
    }
    assertThatThrownBy(
            () -> TinyRun.of(models, dir, Progress.SILENT, TinyRun.BY_CHANCE).run())
        .isInstanceOf(BerryException.class)
        .hasMessageContaining("round-0001")
        .hasMessageContaining("start anew");
  }
}
