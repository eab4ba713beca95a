package dev.rowan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowan.tensor.DType;
import dev.rowan.tensor.Scope;
import dev.rowan.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights files, whole and hostile. */
final class SafeTensorsTest {

  private final Scope scope = Scope.open();

  @TempDir
  private Path folder;

  @AfterEach
  void free() {
    scope.close();
  }

  private static Map<String, Tensor> everyKind() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (DType dtype : DType.values()) {
      tensors.put(dtype.name(), Tensor.of(new float[] {0, 1, 1, 0, 1, 0}, 2, 3).to(dtype));
    }
    tensors.put("empty", Tensor.zeros(DType.FLOAT32, 0, 1000, 1000));
    tensors.put("scalar", Tensor.full(2.5, 1).squeeze(0));
    tensors.put(
        "transposed \"ü\"\n", Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3).transpose(0, 1));
    return tensors;
  }

  @Test
  void everyTypeAndShapeComesBack() throws IOException {
    Path file = folder.resolve("model.safetensors");
    Map<String, Tensor> written = everyKind();
    SafeTensors.write(file, written);
    Map<String, Tensor> read = SafeTensors.read(file);
    assertThat(read.keySet()).containsExactlyElementsOf(written.keySet());
    read.forEach((name, tensor) -> {
      Tensor original = written.getOrDefault(name, tensor);
      assertThat(tensor).hasToString(original.toString());
      assertThat(tensor.segment().toArray(ValueLayout.JAVA_BYTE))
          .containsExactly(original.contiguous().segment().toArray(ValueLayout.JAVA_BYTE));
    });
  }

  @Test
  void theSameTensorsGiveTheSameBytes() throws IOException {
    SafeTensors.write(folder.resolve("a"), everyKind());
    SafeTensors.write(folder.resolve("b"), everyKind());
    assertThat(folder.resolve("a")).hasSameBinaryContentAs(folder.resolve("b"));
  }

  @Test
  void aWriteThatFailsLeavesWhatWasThere() throws IOException {
    Path taken = folder.resolve("taken");
    Files.createDirectories(taken.resolve("inside"));
    assertThatThrownBy(() -> SafeTensors.write(taken, everyKind())).isInstanceOf(IOException.class);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(taken);
    }
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    Path file = folder.resolve("whole");
    SafeTensors.write(file, everyKind());
    byte[] bytes = Files.readAllBytes(file);
    for (int length = 0; length < bytes.length; length += length < 64 ? 1 : 7) {
      Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(bytes, length));
      assertRefused(cut);
    }
    assertRefused(Files.write(folder.resolve("long"), Arrays.copyOf(bytes, bytes.length + 1)));
  }

  private static void assertRefused(Path file) {
    assertThatThrownBy(() -> SafeTensors.read(file))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(file.toString())
        .message()
        .doesNotContain("\n");
  }

  private Path file(long headerLength, String header, int dataBytes) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    return Files.write(
        folder.resolve("hostile"), bytes.putLong(headerLength).put(json).array());
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 0, 1, 101L << 20, 17})
  void aHeaderThatClaimsMoreThanThereIsIsRefused(long claimed) throws IOException {
    assertRefused(file(claimed, "{}", 8));
  }

  /** Each would describe eight bytes of data, if it were honest. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "7",
        "{\"a\"",
        "\u0000\u0001",
        "{}",
        "{} {}",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'a':{'dtype':'F32','shape':[0],'data_offsets':[8,8]}}",
        "{'a':7}",
        "{'a':{'dtype':'F32','shape':[2]}}",
        "{'a':{'dtype':'F32','data_offsets':[0,8]}}",
        "{'a':{'dtype':'F32','shape':2,'data_offsets':[0,8]}}",
        "{'a':{'dtype':'F32','shape':['2'],'data_offsets':[0,8]}}",
        "{'a':{'dtype':'F32','shape':[2.0],'data_offsets':[0,8]}}",
        "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}}",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8,16]}}",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,16]}}",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[-8,0]}}",
        "{'a':{'dtype':'F32','shape':[-1,-2],'data_offsets':[0,8]}}",
        "{'a':{'dtype':'F32','shape':[4611686018427387906],'data_offsets':[0,8]}}",
        "{'a':{'dtype':'F32','shape':[4294967296,4294967296,2],'data_offsets':[0,0]}}",
        "{'a':{'dtype':'F32','shape':[0,4294967296,4294967296],'data_offsets':[0,0]}}",
        "{'a':{'dtype':'F32','shape':[99999999999999999999],'data_offsets':[0,8]}}",
        "{'a':{'dtype':'F32','shape':[250000000000],'data_offsets':[0,1000000000000]}}",
        "{'a':{'dtype':'F99','shape':[2],'data_offsets':[0,8]}}",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}"
      })
  void aHeaderThatContradictsItselfIsRefused(String header) throws IOException {
    String json = header.replace('\'', '"');
    assertRefused(file(json.length(), json, 8));
  }

  @Test
  void aShapeOfTooManyDimensionsIsRefused() throws IOException {
    String json = "{\"a\":{\"dtype\":\"F32\",\"shape\":[" + "1,".repeat(100_000)
        + "2],\"data_offsets\":[0,8]}}";
    assertRefused(file(json.length(), json, 8));
  }

  @Test
  void anHonestHeaderIsRead() throws IOException {
    String json =
        "{\"__metadata__\":{\"x\":\"y\"},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}  ";
    assertThat(SafeTensors.read(file(json.length(), json, 8))).containsOnlyKeys("a");
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> SafeTensors.read(missing))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(missing.toString());
  }
}
