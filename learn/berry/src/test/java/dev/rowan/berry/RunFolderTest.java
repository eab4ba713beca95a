package dev.rowan.berry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowan.berry.report.Interval;
import dev.rowan.berry.report.Round;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunFolderTest {

  @TempDir
  private Path dir;

  private static RoundRecord record(int number) {
    Interval half = new Interval(0.4, 0.6);
    Round round = new Round(
        number,
        4,
        2,
        1,
        new Round.Funnel(4, 2, 0, 0, 0, 1, 1),
        0.5,
        half,
        0.5,
        half,
        0.5,
        1.25,
        0.75,
        2,
        100);
    return new RoundRecord(round, 1, 0.25, 0.5, 0.25, 10, 3);
  }

  private static void write(RunFolder folder, int number) throws IOException {
    folder.writeRound(number, part -> RunFolder.write(part, "metrics.json", record(number)));
  }

  @Test
  void whatIsWrittenIsFoundAgain() throws Exception {
    RunFolder folder = new RunFolder(dir.resolve("a/b"));
    assertThat(folder.find("plan.json", BerryPlan.class)).isEmpty();
    assertThat(folder.rounds()).isEmpty();
    BerryPlan plan = TinyRun.plan(Long.MIN_VALUE);
    folder.write("plan.json", plan);
    write(folder, 1);
    write(folder, 2);
    RunFolder later = new RunFolder(dir.resolve("a/b"));
    assertThat(later.find("plan.json", BerryPlan.class)).contains(plan);
    assertThat(later.rounds()).containsExactly(record(1), record(2));
  }

  @Test
  void aHalfWrittenRoundIsNotSeenAndMakesRoom() throws Exception {
    RunFolder folder = new RunFolder(dir);
    write(folder, 1);
    assertThatThrownBy(() -> folder.writeRound(2, part -> {
          Files.createDirectories(part.resolve("checkpoint"));
          Files.writeString(part.resolve("checkpoint/weights.safetensors"), "half");
          throw new FileNotFoundException("killed here");
        }))
        .isInstanceOf(FileNotFoundException.class);
    assertThat(folder.rounds()).containsExactly(record(1));
    write(folder, 2);
    assertThat(folder.rounds()).containsExactly(record(1), record(2));
    assertThat(folder.checkpoint(2)).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "[]", "{\"seed\": \"x\"}", "\u00e9 in Latin 1"})
  void damagedJsonIsOneClearError(String text) throws Exception {
    Files.write(dir.resolve("plan.json"), text.getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> new RunFolder(dir).find("plan.json", BerryPlan.class))
        .isInstanceOf(BerryException.class)
        .hasMessageContaining(dir.resolve("plan.json").toString())
        .hasMessageContaining("start anew");
  }

  @Test
  void aRoundWithoutItsMetricsIsDamaged() throws Exception {
    Files.createDirectories(dir.resolve("round-0001"));
    assertThatThrownBy(() -> new RunFolder(dir).rounds())
        .isInstanceOf(BerryException.class)
        .hasMessageContaining("round-0001");
  }

  @Test
  void whereNoFolderCanBeNothingIsWritten() throws Exception {
    Path file = Files.writeString(dir.resolve("file"), "mine");
    RunFolder folder = new RunFolder(file.resolve("run"));
    assertThat(folder.rounds()).isEmpty();
    assertThatThrownBy(() -> folder.write("plan.json", TinyRun.plan(1)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> write(folder, 1)).isInstanceOf(IOException.class);
    assertThat(file).hasContent("mine");
  }
}
