package dev.rowan.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What tensors hold, and what they say when something does not fit. */
final class TensorTest {

  private final Scope scope = Scope.open();

  @AfterEach
  void free() {
    scope.close();
  }

  private static void assertFails(ThrowingCallable operation, String... mentions) {
    assertThatThrownBy(operation)
        .isInstanceOf(TensorException.class)
        .message()
        .doesNotContain("\n", "frame #", "Exception raised")
        .contains(mentions);
  }

  @Test
  void valuesComeBackInOrder() {
    Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
    assertThat(x.toFloats()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(x.transpose(0, 1).toFloats()).containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(x.shape()).containsExactly(2, 3);
    assertThat(x.size(-1)).isEqualTo(3);
    assertThat(x).hasToString("FLOAT32[2, 3]");
    assertThat(Tensor.of(new long[] {7, Long.MIN_VALUE}).toLongs())
        .containsExactly(7, Long.MIN_VALUE);
  }

  @Test
  void emptyTensorsAreTensors() {
    Tensor nothing = Tensor.of(new float[0], 0, 3);
    assertThat(nothing.toFloats()).isEmpty();
    assertThat(nothing.segment().byteSize()).isZero();
    assertThat(Tensor.cat(List.of(nothing, Tensor.full(1, 1, 3)), 0).shape()).containsExactly(1, 3);
  }

  @Test
  void picksWhatIsAskedFor() {
    Tensor x = Tensor.of(new float[] {1, 9, 3, 8, 5, 6}, 2, 3);
    assertThat(x.argmax().toLongs()).containsExactly(1, 0);
    assertThat(x.indexSelect(0, Tensor.of(new long[] {1})).toFloats()).containsExactly(8, 5, 6);
    assertThat(x.gather(1, Tensor.of(new long[] {2, 1}, 2, 1)).toFloats()).containsExactly(3, 5);
    assertThat(x.embedding(Tensor.of(new long[] {1, 0}, 1, 2)).shape()).containsExactly(1, 2, 3);
    assertThat(x.min(Tensor.full(5, 1)).toFloats()).containsExactly(1, 5, 3, 5, 5, 5);
    assertThat(x.max(Tensor.full(5, 1)).toFloats()).containsExactly(5, 9, 5, 8, 5, 6);
  }

  @Test
  void logSigmoidIsExactFarFromZero() {
    assertThat(Tensor.of(new float[] {-200, 200}).logSigmoid().toFloats()).containsExactly(-200, 0);
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void everyTypeHoldsSmallWholeNumbers(DType dtype) {
    Tensor x = Tensor.of(new float[] {0, 1, 1, 0}, 2, 2).to(dtype);
    assertThat(x.dtype()).isEqualTo(dtype);
    assertThat(x.segment().byteSize()).isEqualTo(4L * dtype.bytes());
    assertThat(x.toFloats()).containsExactly(0, 1, 1, 0);
    assertThat(x.toLongs()).containsExactly(0, 1, 1, 0);
    assertThat(x.to(dtype)).isSameAs(x);
    assertThat(Tensor.zeros(dtype, 3).toLongs()).containsOnly(0);
  }

  @Test
  void bf16KeepsEightBitsOfTheMantissa() {
    float[] values = {1 + 1 / 256f, 3.140625f, -1e-38f, 3.3e38f, 0.1f};
    float[] there = Tensor.of(values).to(DType.BFLOAT16).toFloats();
    float[] back = Tensor.of(there).to(DType.BFLOAT16).toFloats();
    assertThat(back).containsExactly(there);
    for (int i = 0; i < values.length; i++) {
      int bits = Float.floatToRawIntBits(values[i]);
      int nearestEven = (bits + 0x7FFF + ((bits >>> 16) & 1)) & 0xFFFF0000;
      assertThat(there[i]).isEqualTo(Float.intBitsToFloat(nearestEven));
    }
  }

  @Test
  void segmentsAreTheTensorsOwnMemory() {
    Tensor x = Tensor.zeros(DType.FLOAT32, 2, 3);
    MemorySegment segment = x.segment();
    assertThat(segment.byteSize()).isEqualTo(24);
    segment.setAtIndex(ValueLayout.JAVA_FLOAT, 4, 42);
    assertThat(x.toFloats()).containsExactly(0, 0, 0, 0, 42, 0);
    x.addInPlace(Tensor.full(1, 1), 1);
    assertThat(segment.getAtIndex(ValueLayout.JAVA_FLOAT, 4)).isEqualTo(43);
    assertThat(x.narrow(0, 1, 1).segment().address()).isEqualTo(segment.address() + 12);
    assertThatThrownBy(() -> segment.getAtIndex(ValueLayout.JAVA_FLOAT, 6))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void segmentsNeedMemoryInOrder() {
    Tensor x = Tensor.zeros(DType.FLOAT32, 2, 3);
    assertThatThrownBy(() -> x.transpose(0, 1).segment())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("tensor FLOAT32[3, 2] is not contiguous: call contiguous() first");
    Tensor closed = x.copy();
    closed.close();
    assertFails(closed::segment, "closed");
  }

  @Test
  void tensorsAreOnTheCpu() {
    Tensor x = Tensor.full(1, 1);
    assertThat(x.device()).isEqualTo(Device.CPU);
    assertThat(x.to(Device.CPU)).isSameAs(x);
  }

  @Test
  void aDeviceThatIsNotThereIsNamed() {
    Tensor x = Tensor.full(1, 1);
    assertFails(() -> x.to(Device.cuda(99)), "CUDA device 99", "use the CPU");
    assertThatThrownBy(() -> Device.cuda(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }

  @Test
  void whatDoesNotFitIsSaidInOneLine() {
    Tensor x = Tensor.full(1, 2, 3);
    Tensor y = Tensor.full(1, 4, 5);
    assertFails(() -> x.matmul(y), "2x3", "4x5");
    assertFails(() -> x.add(y), "3", "5");
    assertFails(() -> x.reshape(5), "[5]", "6");
    assertFails(() -> x.addInPlace(y, 1), "3", "5");
    assertFails(() -> x.size(7), "7");
    assertFails(x::item, "6 elements");
    assertFails(x::backward, "grad");
    assertFails(() -> x.linear(Tensor.full(1, 2, 3).to(DType.BFLOAT16)), "BFloat16");
    assertFails(() -> Tensor.of(new long[] {1}).requireGrad(), "floating point");
    assertFails(() -> x.embedding(Tensor.of(new long[] {2})), "out of range");
    assertFails(() -> Tensor.zeros(DType.FLOAT32, -1), "non-negative");
    assertThatThrownBy(() -> Tensor.of(new float[] {1, 2, 3}, 2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 values do not fill")
        .hasMessageContaining("[2, 2]");
  }

  @Test
  void mklMultipliesOnX86() {
    assertThat(Torch.blas())
        .isEqualTo(System.getProperty("os.arch").equals("amd64") ? "mkl" : "openblas");
    assertThat(Torch.cpuCapability()).isNotBlank();
    assertThat(Torch.fastestMatmulType()).isIn(DType.FLOAT32, DType.BFLOAT16);
  }
}
