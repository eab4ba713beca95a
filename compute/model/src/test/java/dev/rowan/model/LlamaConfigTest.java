package dev.rowan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  @CsvSource(
      delimiter = '|',
      value = {
        "\"model_type\" : \"llama\"|\"model_type\" : \"qwen2\"|'qwen2'",
        "\"tie_word_embeddings\" : true|\"tie_word_embeddings\" : false|tied",
        "\"hidden_act\" : \"silu\"|\"hidden_act\" : \"gelu\"|'gelu'",
        "\"attention_bias\" : false|\"attention_bias\" : true|biases",
        "\"mlp_bias\" : false|\"mlp_bias\" : true|biases",
        "\"rope_theta\" : 5000.0|\"rope_scaling\" : {\"rope_type\" : \"llama3\"}|'llama3'",
        "\"rope_theta\" : 5000.0|\"rope_parameters\" : {\"rope_type\" : \"yarn\"}|'yarn'",
        "\"rope_theta\" : 5000.0|\"rope_theta\" : \"x\"|'rope_theta'",
        "\"rope_theta\" : 5000.0|\"rope_theta\" : -1|-1.0",
        "\"vocab_size\" : 40|\"vocab_size\" : \"40\"|'vocab_size'",
        "\"vocab_size\" : 40|\"vocab_size\" : 99999999999|'vocab_size'",
        "\"hidden_size\" : 32|\"hidden_size\" : 0|size of 0",
        "\"num_hidden_layers\" : 2|\"other\" : 2|'num_hidden_layers'",
        "\"num_key_value_heads\" : 2|\"num_key_value_heads\" : 3|3 key-value heads",
        "\"num_key_value_heads\" : 2|\"num_key_value_heads\" : \"2\"|'num_key_value_heads'",
        "\"head_dim\" : 8|\"head_dim\" : 7|head_dim 7",
        "\"eos_token_id\" : 1|\"eos_token_id\" : 0|token 0",
        "\"eos_token_id\" : 1|\"eos_token_id\" : [1, 2]|'eos_token_id'",
        "\"eos_token_id\" : 1|\"eos_token_id\" : 40|40",
        "\"pad_token_id\" : 0|\"pad_token_id\" : -1|-1"
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
