package dev.rowan.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PackedMatrixTest {

  private static final int OUT = 352;
  private static final int IN = 192;

  private static byte[] run(PackedMatrix matrix, DType type, Tensor x, int rows) {
    try (Arena arena = Arena.ofConfined();
        Product product = matrix.product()) {
      long out = matrix.outputs();
      MemorySegment y = arena.allocate(rows * out * Float.BYTES, 64);
      MemorySegment source = arena.allocate((long) rows * matrix.inputs() * type.bytes(), 64);
      source.copyFrom(x.segment().asSlice(0, source.byteSize()));
      product.run(source, rows, y);
      int bytes = type == DType.BFLOAT16 ? 2 : 4;
      return y.asSlice(0, rows * out * bytes).toArray(ValueLayout.JAVA_BYTE);
    }
  }

  private static Tensor rows(DType type, int in) {
    Tensor x = new RandomStream(2).normal(1, 256, in);
    if (type != DType.INT8) {
      return x.to(type);
    }
    Tensor bytes = Tensor.empty(DType.INT8, 256, in);
    float[] values = x.toFloats();
    for (int i = 0; i < values.length; i++) {
      bytes.segment().set(ValueLayout.JAVA_BYTE, i, (byte) Math.clamp(values[i] * 40, -127, 127));
    }
    return bytes;
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BFLOAT16"})
  void multipliesAsLibtorchDoes(DType type) {
    try (Scope _ = Scope.open();
        Gradients _ = Gradients.off();
        PackedMatrix matrix = new PackedMatrix(new RandomStream(1).normal(1, OUT, IN), type)) {
      Tensor x = rows(type, IN);
      float[] expected =
          x.linear(new RandomStream(1).normal(1, OUT, IN).to(type)).toFloats();
      MemorySegment y = MemorySegment.ofArray(run(matrix, type, x, 64));
      for (int i = 0; i < 64 * OUT; i++) {
        float got = type == DType.FLOAT32
            ? y.get(ValueLayout.JAVA_FLOAT_UNALIGNED, i * 4L)
            : Float.intBitsToFloat(y.get(ValueLayout.JAVA_SHORT_UNALIGNED, i * 2L) << 16);
        assertThat(got).isCloseTo(expected[i], within(type == DType.FLOAT32 ? 1e-4f : 0.26f));
      }
    }
  }

  @Test
  void addsBytesExactly() {
    try (Scope _ = Scope.open();
        PackedMatrix matrix =
            new PackedMatrix(new RandomStream(1).normal(1, OUT, IN), DType.INT8)) {
      Tensor x = rows(DType.INT8, IN);
      float[] weights = new RandomStream(1).normal(1, OUT, IN).toFloats();
      MemorySegment y = MemorySegment.ofArray(run(matrix, DType.INT8, x, 8));
      for (int i = 0; i < 8; i++) {
        for (int j = 0; j < OUT; j++) {
          float scale = largest(weights, j) / 127;
          long sum = 0;
          for (int k = 0; k < IN; k++) {
            sum += (long) x.segment().get(ValueLayout.JAVA_BYTE, i * (long) IN + k)
                * Math.round(weights[j * IN + k] / scale);
          }
          // A weight half-way between two bytes may go either way.
          assertThat(y.get(ValueLayout.JAVA_FLOAT_UNALIGNED, (i * (long) OUT + j) * 4))
              .isCloseTo(sum * scale, within(128 * scale));
        }
      }
    }
  }

  private static float largest(float[] weights, int row) {
    float largest = 0;
    for (int k = 0; k < IN; k++) {
      largest = Math.max(largest, Math.abs(weights[row * IN + k]));
    }
    return largest;
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT32, 352, 192",
    "BFLOAT16, 352, 192",
    "INT8, 352, 192",
    "FLOAT32, 85, 1536",
    "BFLOAT16, 50, 3584",
    "INT8, 50, 3584"
  })
  void aRowHasTheSameBitsHoweverManyThereAre(DType type, int out, int in) {
    try (Scope _ = Scope.open();
        PackedMatrix matrix = new PackedMatrix(new RandomStream(1).normal(1, out, in), type)) {
      Tensor x = rows(type, in);
      byte[] many = run(matrix, type, x, 256);
      byte[] fewest = run(matrix, type, x, Product.fewestRows(type));
      assertThat(fewest).isEqualTo(Arrays.copyOf(many, fewest.length));
      for (int rows : new int[] {2, 3, 4, 7, 8, 16, 31, 32, 64, 96, 128}) {
        byte[] few = run(matrix, type, x, rows);
        assertThat(few).as(rows + " rows").isEqualTo(Arrays.copyOf(many, few.length));
      }
    }
  }

  @Test
  void closingTwiceIsOnce() {
    try (Scope _ = Scope.open()) {
      PackedMatrix matrix = new PackedMatrix(Tensor.full(1, 4, 4), DType.FLOAT32);
      Product product = matrix.product();
      product.close();
      product.close();
      matrix.close();
      matrix.close();
      assertThat(matrix.outputs()).isEqualTo(4);
    }
  }

  @Test
  void refusesOtherTypes() {
    try (Scope _ = Scope.open()) {
      Tensor weight = Tensor.full(1, 4, 4);
      assertThatThrownBy(() -> new PackedMatrix(weight, DType.INT64))
          .isInstanceOf(TensorException.class)
          .hasMessageContaining("INT64");
    }
  }
}
