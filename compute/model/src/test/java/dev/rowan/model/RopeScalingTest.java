package dev.rowan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RopeScalingTest {

  private static final int HEAD_DIM = 16;
  private static final LlamaConfig TINY =
      new LlamaConfig(40, 32, 48, 2, 2, 1, HEAD_DIM, 8192, 10_000, 1e-5, 1, 0);

  @TempDir
  private Path folder;

  private LlamaConfig read(double theta, String scaling) throws IOException {
    String given = "\"rope_theta\" : 10000.0";
    assertThat(TINY.toJson()).contains(given);
    String json = TINY.toJson()
        .replace(given, "\"rope_theta\" : " + theta + ", \"rope_scaling\" : {" + scaling + "}");
    return LlamaConfig.read(Files.writeString(folder.resolve("config.json"), json));
  }

  /** Of {@code ROPE_INIT_FUNCTIONS["yarn"]} in transformers 5.23.0, with head_dim 16. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "1e6 | 'factor': 4.0, 'original_max_position_embeddings': 32768"
            + " | 1 0.177827939 0.0316227786 0.00421755994 0.000500000024 4.44569851e-05"
            + " 7.90569356e-06 1.40585337e-06 | 1.13862944",
        "1e4 | 'factor': 8.0, 'original_max_position_embeddings': 512, 'beta_fast': 16,"
            + " 'beta_slow': 2, 'attention_factor': 1.25"
            + " | 1 0.316227764 0.0708333328 0.0131761581 0.00124999997 0.000395284733"
            + " 0.000125000006 3.95284733e-05 | 1.25",
        "5e5 | 'factor': 2.0, 'original_max_position_embeddings': 8192, 'truncate': false"
            + " | 1 0.193922758 0.0376060307 0.00601583999 0.000831942132 0.000137124094"
            + " 2.65914787e-05 5.15669262e-06 | 1.06931472",
        "1e4 | 'factor': 40.0, 'original_max_position_embeddings': 4096, 'mscale': 1.0,"
            + " 'mscale_all_dim': 0.8"
            + " | 1 0.316227764 0.100000001 0.0239147246 0.00512499968 0.000849862176"
            + " 2.49999994e-05 7.90569447e-06 | 1.05696626",
        "1e4 | 'factor': null, 'original_max_position_embeddings': 2048"
            + " | 1 0.316227764 0.100000001 0.025693506 0.00624999963 0.00138349656"
            + " 0.000250000012 7.90569466e-05 | 1.13862944",
        "1e4 | 'factor': 2.0"
            + " | 1 0.316227764 0.100000001 0.0316227786 0.00875000004 0.0023717084 0.000624999986"
            + " 0.000158113893 | 1.0693147180559945"
      })
  void yarnIsWhatTransformersComputes(
      double theta, String scaling, String frequencies, double magnitude) throws IOException {
    LlamaConfig config = read(theta, ("'type': 'yarn', " + scaling).replace('\'', '"'));
    double[] expected =
        Arrays.stream(frequencies.split(" ")).mapToDouble(Double::parseDouble).toArray();
    RopeScaling rule = config.variant().ropeScaling();
    for (int pair = 0; pair < HEAD_DIM / 2; pair++) {
      assertThat(rule.frequency(pair, HEAD_DIM, theta))
          .isCloseTo(expected[pair], withinPercentage(1e-4));
    }
    assertThat(rule.magnitude()).isCloseTo(magnitude, withinPercentage(1e-6));
    Rope.Angles angles = Rope.of(config).upTo(4);
    double angle = 3 * expected[1];
    assertThat((double) angles.cos()[3 * angles.half() + 1])
        .isCloseTo(magnitude * Math.cos(angle), withinPercentage(1e-4));
    assertThat((double) angles.sin()[3 * angles.half() + 1])
        .isCloseTo(magnitude * Math.sin(angle), withinPercentage(1e-4));
  }

  @Test
  void yarnIsWrittenAsItWasRead() throws IOException {
    LlamaConfig config = read(
        1e6, "\"rope_type\": \"yarn\", \"factor\": 4, \"original_max_position_embeddings\": 2048");
    Path written = Files.writeString(folder.resolve("again.json"), config.toJson());
    assertThat(LlamaConfig.read(written)).isEqualTo(config);
  }

  @Test
  void yarnWithoutSenseIsRefused() {
    assertThatThrownBy(() -> read(
            1e4,
            "\"type\": \"yarn\", \"original_max_position_embeddings\": 64, \"beta_fast\": 1,"
                + " \"beta_slow\": 2"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("beta_fast - beta_slow");
  }
}
