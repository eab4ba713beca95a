package dev.rowan.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rowan.model.LlamaConfig;
import dev.rowan.tensor.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Vector operations against plain loops: the same bits, also where a row does not end with a whole vector. */
final class RowKernelsTest {

  private static final RowKernels PLAIN = new PlainKernels();
  private static final RowKernels VECTORS = new VectorKernels();

  private static float[] numbers(long seed, int count, double deviation) {
    Random random = new Random(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) (random.nextGaussian() * deviation);
    }
    return numbers;
  }

  /** What each kind makes of the same numbers. */
  private static void assertAlike(float[] numbers, Kernel kernel) {
    float[] plain = numbers.clone();
    float[] vectors = numbers.clone();
    kernel.run(PLAIN, plain);
    kernel.run(VECTORS, vectors);
    assertThat(vectors).isEqualTo(plain);
  }

  @FunctionalInterface
  private interface Kernel {
    void run(RowKernels kernels, float[] numbers);
  }

  @Property(tries = 200)
  void theSameBits(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 150) int width,
      @ForAll @IntRange(max = 5) int offset,
      @ForAll @IntRange(max = 3) int size) {
    double deviation = Math.pow(10, size - 1);
    float[] numbers = numbers(seed, 2 * (offset + width), deviation);
    float[] weight = numbers(seed + 1, width, 1);
    assertAlike(numbers, (k, x) -> k.norm(x, offset, weight, 1e-5, x, offset, width));
    assertAlike(numbers, (k, x) -> k.swiGlu(x, width));
    assertAlike(numbers, (k, x) -> k.scale(x, offset, width, 0.3f, true));
    assertAlike(numbers, (k, x) -> k.scale(x, offset, width, 0.3f, false));
    assertAlike(numbers, (k, x) -> x[0] = k.max(x, width));
    float top = PLAIN.max(numbers, offset + width);
    for (float temperature : new float[] {1, 0.7f}) {
      assertAlike(
          numbers,
          (k, x) -> x[0] = (float) k.exponentials(x, offset, offset + width, top, temperature, x));
    }
  }

  @Property(tries = 100)
  void theSameBytes(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 100) int width,
      @ForAll @IntRange(max = 5) int offset) {
    float[] numbers = numbers(seed, offset + width, 3);
    assertThat(written(m -> VECTORS.putHalves(numbers, offset, width, m, 3)))
        .isEqualTo(written(m -> PLAIN.putHalves(numbers, offset, width, m, 3)));
    assertThat(written(m -> VECTORS.putBytes(numbers, offset, width, m, 3)))
        .isEqualTo(written(m -> PLAIN.putBytes(numbers, offset, width, m, 3)));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(256);
      PLAIN.putHalves(numbers, offset, width, memory, 3);
      assertAlike(new float[200], (k, x) -> k.getHalves(memory, 3, width, x, offset));
    }
  }

  private static byte[] written(Consumer<MemorySegment> writer) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(256);
      writer.accept(memory);
      return memory.toArray(ValueLayout.JAVA_BYTE);
    }
  }

  @Test
  void bytesStandForTheNumbers() {
    float[] numbers = {0.5f, -2, 1.999f, 0};
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(4);
      float scale = PLAIN.putBytes(numbers, 0, 4, memory, 0);
      for (int i = 0; i < 4; i++) {
        assertThat(memory.get(ValueLayout.JAVA_BYTE, i) * scale)
            .isCloseTo(numbers[i], within(scale / 2 + 1e-6f));
      }
      assertThat(PLAIN.putBytes(new float[4], 0, 4, memory, 0)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BFLOAT16", "INT8"})
  void warmingUpEndsWithVectors(DType type) {
    LlamaConfig config = new LlamaConfig(40, 32, 48, 1, 4, 2, 16, 128, 100, 1e-5, 1, 0);
    WarmUp warmUp = new WarmUp(config, type);
    assertThat(warmUp.getAsBoolean()).isFalse();
    warmUp.run();
    assertThat(warmUp.getAsBoolean()).isTrue();
  }
}
