package dev.rowan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code config.json}. */
final class LlamaConfigTest {

  static final LlamaConfig TINY = new LlamaConfig(40, 32, 48, 2, 4, 2, 8, 64, 5000, 1e-5, 1, 0);

  @TempDir
  private Path folder;

  private LlamaConfig read(String json) throws IOException {
    return LlamaConfig.read(Files.writeString(folder.resolve("config.json"), json));
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    assertThat(read(TINY.toJson())).isEqualTo(TINY);
  }

  @Test
  void olderFilesNameTheAngleAmongTheRest() throws IOException {
    String json =
        TINY.toJson().replace("\"head_dim\" : 8,", "\"head_dim\" : null, \"rope_scaling\" : null,");
    assertThat(read(json)).isEqualTo(TINY);
  }

  @Test
  void newerFilesDescribeTheRotaryEmbeddingApart() throws IOException {
    String json = TINY.toJson()
        .replace(
            "\"rope_theta\" : 5000.0",
            "\"rope_parameters\" : {\"rope_theta\" : 5000.0, \"rope_type\" : \"default\"}");
    assertThat(read(json)).isEqualTo(TINY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "null", "-1"})
  void paddingIsNeverATokenThatEndsASequence(String pad) throws IOException {
    String json = TINY.toJson()
        .replace("\"eos_token_id\" : 1", "\"eos_token_id\" : [1, 0]")
        .replace("\"pad_token_id\" : 0", "\"pad_token_id\" : " + pad);
    LlamaConfig config = read(json);
    assertThat(config.eosIds()).containsExactly(1, 0);
    assertThat(config.eosId()).isEqualTo(1);
    assertThat(config.padId()).isEqualTo(2);
  }

  @Test
  void generationSettingsSayWhatEndsASequence() throws IOException {
    Files.writeString(folder.resolve("config.json"), TINY.toJson());
    Files.writeString(folder.resolve("generation_config.json"), "{\"eos_token_id\": [3, 0]}");
    LlamaConfig config = new ModelFolder(folder).config();
    assertThat(config.eosIds()).containsExactly(3, 0);
    assertThat(config.padId()).isEqualTo(1);
    Files.writeString(folder.resolve("generation_config.json"), "{\"temperature\": 1}");
    assertThat(new ModelFolder(folder).config()).isEqualTo(TINY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"use_sliding_window\": false|2147483647|2147483647",
        "\"use_sliding_window\": true, \"max_window_layers\": 1|2147483647|7",
        "\"use_sliding_window\": true, \"max_window_layers\": 0|7|7",
        "\"use_sliding_window\": true, \"max_window_layers\": 2|2147483647|2147483647"
      })
  void qwenSaysWhichLayersSeeAWindow(String settings, int first, int second) throws IOException {
    String json = TINY.toJson()
        .replace("\"llama\"", "\"qwen2\"")
        .replace("\"sliding_window\" : null", "\"sliding_window\" : 7, " + settings);
    SlidingWindow window = read(json).variant().window();
    assertThat(List.of(window.at(0), window.at(1))).containsExactly(first, second);
  }

  private LlamaConfig alternating(String types) throws IOException {
    String json = TINY.toJson()
        .replace("\"llama\"", "\"qwen3\"")
        .replace(
            "\"sliding_window\" : null",
            "\"sliding_window\" : 7, \"use_sliding_window\": true, \"max_window_layers\": 1,"
                + "\"layer_types\": [" + types + "]");
    return read(json);
  }

  @Test
  void windowsMayAlternate() throws IOException {
    LlamaConfig config = alternating("\"sliding_attention\", \"full_attention\"");
    assertThat(config.variant().window()).isEqualTo(new SlidingWindow(7, 0, List.of(1)));
    assertThat(config.variant().window().at(0)).isEqualTo(7);
    assertThat(config.variant().window().at(1)).isEqualTo(Integer.MAX_VALUE);
    assertThat(read(config.toJson())).isEqualTo(config);
    for (String types : List.of("\"full_attention\"", "\"full_attention\", \"chunked\"")) {
      assertThatThrownBy(() -> alternating(types))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("layer_types");
    }
  }

  @Test
  void generationSettingsAloneMaySayWhatEndsASequence() throws IOException {
    String given = "\"eos_token_id\" : 1";
    assertThat(TINY.toJson()).contains(given);
    Files.writeString(
        folder.resolve("config.json"), TINY.toJson().replace(given, "\"eos_token_id\" : null"));
    ModelFolder model = new ModelFolder(folder);
    assertThatThrownBy(model::config).hasMessageContaining("eos_token_id");
    Files.writeString(folder.resolve("generation_config.json"), "{\"eos_token_id\": 3}");
    assertThat(model.config().eosIds()).containsExactly(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"model_type\" : \"llama\"|\"model_type\" : \"gpt2\"|'gpt2'",
        "\"hidden_act\" : \"silu\"|\"hidden_act\" : \"gelu\"|'gelu'",
        "\"attention_bias\" : false|\"attention_bias\" : true|biases",
        "\"mlp_bias\" : false|\"mlp_bias\" : true|biases",
        "\"rope_theta\" : 5000.0|\"rope_scaling\" : {\"rope_type\" : \"llama3\"}|'factor'",
        "\"rope_theta\" : 5000.0|\"rope_scaling\" : {\"type\" : \"linear\", \"factor\" : 0}|factor 0.0",
        "\"rope_theta\" : 5000.0|\"rope_parameters\" : {\"partial_rotary_factor\" : 0.5}|partial_rotary",
        "\"rope_theta\" : 5000.0|\"quantization_config\" : {\"quant_method\" : \"awq\"}|'awq'",
        "\"rope_theta\" : 5000.0|\"rope_parameters\" : {\"rope_type\" : \"longrope\"}|'longrope'",
        "\"rope_theta\" : 5000.0|\"rope_theta\" : \"x\"|'rope_theta'",
        "\"rope_theta\" : 5000.0|\"rope_theta\" : -1|-1.0",
        "\"vocab_size\" : 40|\"vocab_size\" : \"40\"|'vocab_size'",
        "\"vocab_size\" : 40|\"vocab_size\" : 99999999999|'vocab_size'",
        "\"hidden_size\" : 32|\"hidden_size\" : 0|size of 0",
        "\"num_hidden_layers\" : 2|\"other\" : 2|'num_hidden_layers'",
        "\"num_key_value_heads\" : 2|\"num_key_value_heads\" : 3|3 key-value heads",
        "\"num_key_value_heads\" : 2|\"num_key_value_heads\" : \"2\"|'num_key_value_heads'",
        "\"head_dim\" : 8|\"head_dim\" : 7|head_dim 7",
        "\"eos_token_id\" : 1|\"eos_token_id\" : []|'eos_token_id'",
        "\"eos_token_id\" : 1|\"eos_token_id\" : [2, 40]|40",
        "\"eos_token_id\" : 1|\"eos_token_id\" : 40|40",
        "\"pad_token_id\" : 0|\"pad_token_id\" : 77|77"
      })
  void whatCannotBeComputedIsNamed(String given, String changed, String named) throws IOException {
    assertThat(TINY.toJson()).contains(given);
    String json = TINY.toJson().replace(given, changed);
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(named)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void aFileThatIsNoConfigurationIsNamed() throws IOException {
    assertThatThrownBy(() -> LlamaConfig.read(folder.resolve("none")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("none");
    assertThatThrownBy(() -> read("{\"model"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("not JSON");
    assertThatThrownBy(() -> read("[]"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("llama");
    assertThatThrownBy(() -> read("")).isInstanceOf(ModelException.class);
  }
}
