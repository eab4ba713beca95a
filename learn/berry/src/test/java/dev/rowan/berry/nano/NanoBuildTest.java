package dev.rowan.berry.nano;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowan.berry.Progress;
import dev.rowan.berry.TinyModels;
import dev.rowan.model.LlamaWeights;
import dev.rowan.model.ModelFolder;
import dev.rowan.model.TokenHead;
import dev.rowan.tensor.Scope;
import dev.rowan.train.StepSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class NanoBuildTest {

  private static final NanoRecipe TINY = new NanoRecipe(
      TinyModels.CONFIG, 2, new StepSize(8192, 2), 3_000, 1e-2, 7, 2, 1, new StepSize(8192, 2), 6);

  @TempDir
  private Path dir;

  /** Adds up each stage. */
  private static final class Sums implements Progress {

    private final Map<String, Long> totals = new HashMap<>();
    private final Map<String, Long> done = new HashMap<>();
    private String stage = "";

    @Override
    public void stage(String name, long total) {
      stage = name;
      totals.put(name, total);
    }

    @Override
    public void advance(long amount, String figures) {
      done.merge(stage, amount, Long::sum);
    }
  }

  @Test
  void theSameSeedGivesTheSameBytesAndFoldersThatOpen() throws Exception {
    Path one = dir.resolve("one");
    Path two = dir.resolve("two");
    Sums sums = new Sums();
    new NanoBuild(TINY, 5).run(one, 5, sums);
    new NanoBuild(TINY, 5).run(two, 5, Progress.SILENT);
    for (String file : new String[] {
      "model.safetensors",
      "config.json",
      "tokenizer.json",
      "tokenizer_config.json",
      "prm/model.safetensors",
      "prm/config.json",
      "prm/tokenizer.json"
    }) {
      assertThat(one.resolve(file)).hasSameBinaryContentAs(two.resolve(file));
    }
    assertThat(one.resolve("README.md"))
        .content()
        .contains("--seed 5", "| grove | 6 |", "| countdown | 4 |");
    assertThat(sums.done).containsEntry("roll-outs for the process reward model", 7L);
    assertThat(sums.done.get("accuracy per level"))
        .isEqualTo(sums.totals.get("accuracy per level"));
    assertOpens(one);
  }

  private static void assertOpens(Path models) {
    new ModelFolder(models).tokenizer().close();
    ModelFolder judge = new ModelFolder(models.resolve(NanoBuild.JUDGE));
    judge.tokenizer().close();
    try (Scope _ = Scope.open();
        LlamaWeights weights = judge.weights();
        TokenHead head = TokenHead.read(judge.tensors(), weights)) {
      assertThat(head.parameters()).isNotEmpty();
      assertThat(weights.config()).isEqualTo(TinyModels.CONFIG);
    }
  }

  @Test
  void whereNoFolderCanBeTheBuildFailsBeforeItTrains() throws Exception {
    Path file = Files.writeString(dir.resolve("file"), "mine");
    Sums sums = new Sums();
    assertThatThrownBy(() -> new NanoBuild(TINY, 5).run(file.resolve("models"), 1, sums))
        .isInstanceOf(IOException.class);
    assertThat(sums.totals).isEmpty();
  }
}
