package dev.rowan.berry.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class SummaryFileTest {

  @TempDir
  private Path folder;

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Path file = folder.resolve("summary.json");
    SummaryFile.write(file, SampleRun.summary());

    assertThat(SummaryFile.read(file)).isEqualTo(SampleRun.summary());
  }

  @Test
  void everyFieldStandsWhereReadersLookForIt() throws IOException {
    Path file = folder.resolve("summary.json");
    SummaryFile.write(file, SampleRun.summary());
    JsonNode json = JsonMapper.shared().readTree(Files.readString(file));

    assertThat(json.propertyNames())
        .containsExactly(
            "seed",
            "seconds",
            "minutes",
            "model",
            "machine",
            "heldOut",
            "passAt1",
            "greedy",
            "coverage",
            "majority",
            "meanLogProb",
            "bestOfN",
            "weightedVote",
            "stepSearch",
            "goBack",
            "verifierBestOfN",
            "earlyStop",
            "treeSearch",
            "warmStart",
            "levels",
            "rollouts",
            "kept",
            "tokensGenerated",
            "forwardPasses",
            "backwardPasses",
            "shares",
            "rounds");
    assertThat(json.at("/passAt1/before").doubleValue()).isEqualTo(.281);
    assertThat(json.at("/passAt1/interval").size()).isEqualTo(2);
    assertThat(json.at("/coverage/5/samples").intValue()).isEqualTo(32);
    assertThat(json.at("/stepSearch/2/candidates").intValue()).isEqualTo(4);
    assertThat(json.at("/goBack/1/threshold").doubleValue()).isEqualTo(.8);
    assertThat(json.at("/earlyStop/0/without/value").doubleValue()).isEqualTo(.15);
    assertThat(json.at("/warmStart/majority/5/value").doubleValue()).isEqualTo(.49);
    assertThat(json.at("/rounds/0/funnel/sampled").intValue()).isEqualTo(1280);
    assertThat(json.at("/shares/sampling").doubleValue()).isEqualTo(.54);
  }

  @Test
  void writingLeavesNothingBesideTheFile() throws IOException {
    Path file = folder.resolve("summary.json");
    SummaryFile.write(file, SampleRun.summary());
    SummaryFile.write(file, SampleRun.summary());

    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aFieldThatNobodyKnowsIsRefused() throws IOException {
    Path file = folder.resolve("summary.json");
    SummaryFile.write(file, SampleRun.summary());
    Files.writeString(
        file, Files.readString(file).replaceFirst("\"seed\"", "\"colour\" : 3, \"seed\""));

    assertThatThrownBy(() -> SummaryFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("colour");
  }

  @Test
  void aFieldThatIsMissingIsRefused() throws IOException {
    Path file = folder.resolve("summary.json");
    SummaryFile.write(file, SampleRun.summary());
    Files.writeString(file, Files.readString(file).replaceFirst("\"seed\" : 7,", ""));

    assertThatThrownBy(() -> SummaryFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("seed");
  }

  @Test
  void figuresThatCannotBeAreRefused() {
    assertThatThrownBy(() -> new Point.BySamples(4, 100, .5, .6, .7))
        .hasMessageContaining("value is 0.5");
    assertThatThrownBy(() -> new Point.BySamples(4, 100, Double.NaN, 0, 1))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> new Point.ByCandidates(4, -1, .5, .4, .7))
        .hasMessageContaining("tokens is -1");
    assertThatThrownBy(() -> new Interval(.2, .1)).hasMessageContaining("high is 0.1");
    assertThatThrownBy(() -> new Round.Funnel(10, 4, 0, 0, 0, 0, 5))
        .hasMessageContaining("adds up to 9");
    assertThatThrownBy(() -> new Cost.Shares(.5, .3, .3, 0))
        .hasMessageContaining("sum of the shares");
  }

  @Test
  void aTreeNeedsParentsBeforeTheirChildren() {
    Tree.Node orphan = new Tree.Node(2, 1, "x", List.of(), Optional.empty(), List.of(), false);

    assertThatThrownBy(() -> new Tree("search", "problem", "1", List.of(orphan)))
        .hasMessageContaining("node 2");
  }
}
