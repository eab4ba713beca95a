package dev.rowan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowan.tensor.Scope;
import dev.rowan.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights in several files. */
final class ShardsTest {

  private final Scope scope = Scope.open();

  @TempDir
  private Path folder;

  @AfterEach
  void free() {
    scope.close();
  }

  private static Map<String, Tensor> three() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("a", Tensor.full(1, 10));
    tensors.put("b", Tensor.full(2, 10));
    tensors.put("c", Tensor.full(3, 30));
    return tensors;
  }

  private Map<String, Tensor> read() {
    return Shards.open(folder).tensors();
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void tensorsAreSplitAndFoundAgain() throws IOException {
    Shards.write(folder, three(), 80);
    assertThat(files())
        .containsExactly(
            "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors", Shards.INDEX);
    assertThat(Files.readString(folder.resolve(Shards.INDEX))).contains("\"total_size\":200");
    Map<String, Tensor> read = read();
    assertThat(read).hasSize(3);
    read.forEach(
        (name, tensor) -> assertThat(tensor.toFloats()).containsOnly(name.charAt(0) - 'a' + 1));
  }

  @Test
  void theLayoutMayChange() throws IOException {
    Shards.write(folder, three(), 1 << 20);
    assertThat(files()).containsExactly(Shards.WHOLE);
    Shards.write(folder, three(), 80);
    assertThat(files()).doesNotContain(Shards.WHOLE);
    Shards.write(folder, three(), 1 << 20);
    assertThat(files()).contains(Shards.WHOLE).doesNotContain(Shards.INDEX);
  }

  @Test
  void aTensorThatIsNotWhereTheIndexSaysIsNamed() throws IOException {
    Shards.write(folder, three(), 80);
    Path index = folder.resolve(Shards.INDEX);
    Files.writeString(index, Files.readString(index).replace("\"b\"", "\"other\""));
    assertThatThrownBy(this::read)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("'other'")
        .hasMessageContaining("model-00001-of-00002.safetensors");
    Files.delete(folder.resolve("model-00001-of-00002.safetensors"));
    assertThatThrownBy(this::read)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("model-00001-of-00002.safetensors");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret.safetensors", "/etc/passwd", "a/b.safetensors", "", "x.bin"})
  void anIndexNamesFilesOfItsOwnFolderOnly(String shard) throws IOException {
    Files.writeString(folder.resolve(Shards.INDEX), "{\"weight_map\": {\"a\": \"" + shard + "\"}}");
    assertThatThrownBy(this::read)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("'" + shard + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"weight_map\"", "{}", "[]", "{\"weight_map\": {}}"})
  void anIndexWithoutTensorsIsRefused(String json) throws IOException {
    Files.writeString(folder.resolve(Shards.INDEX), json);
    assertThatThrownBy(this::read).isInstanceOf(ModelException.class);
  }
}
