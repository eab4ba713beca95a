package dev.rowan.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowan.model.ModelException;
import dev.rowan.tensor.Scope;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Numbers in every packing, against llama.cpp's own package ({@code src/test/peers/make_gguf_blocks.py}). */
final class GgufFileTest {

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(GgufFileTest.class.getResource("/gguf/" + name)).toURI());
  }

  @ParameterizedTest
  @EnumSource(GgufType.class)
  void numbersAreUnpackedAsLlamaCppDoes(GgufType type) throws IOException, URISyntaxException {
    JsonNode expected = JsonMapper.shared()
        .readTree(Files.readString(resource("expected.json")))
        .path(type.name());
    try (Scope _ = Scope.open()) {
      GgufFile file = GgufFile.open(resource("blocks.gguf"));
      float[] numbers = file.tensor(type.name()).toFloats();
      assertThat(numbers).hasSize(expected.size()).hasSizeGreaterThan(100);
      for (int i = 0; i < numbers.length; i++) {
        assertThat(numbers[i]).as("%s[%d]", type, i).isEqualTo(expected.get(i).floatValue());
      }
      float[] swapped = file.tensor(type.name(), row -> 1 - row).toFloats();
      assertThat(swapped[0]).isEqualTo(numbers[numbers.length / 2]);
    }
  }

  @Test
  void aTensorThatIsNotThereIsNamed() throws URISyntaxException {
    GgufFile file = GgufFile.open(resource("blocks.gguf"));
    assertThatThrownBy(() -> file.tensor("blk.0.attn_q.weight"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("'blk.0.attn_q.weight'")
        .hasMessageContaining("blocks.gguf");
  }

  @Test
  void aFileThatIsMissingIsNamed(@TempDir Path folder) {
    assertThatThrownBy(() -> GgufFile.open(folder.resolve("none.gguf")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("none.gguf");
    assertThatThrownBy(() -> GgufFile.open(folder)).isInstanceOf(ModelException.class);
  }
}
