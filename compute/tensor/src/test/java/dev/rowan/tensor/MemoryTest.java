package dev.rowan.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Native memory stays flat over many steps. A tensor leaked at every step would show: it takes some 500 bytes, so 10,000
 * steps of dozens of operations, or 100,000 steps of a few, would take far more than the margin.
 */
@EnabledOnOs(OS.LINUX)
final class MemoryTest {

  private static final long MARGIN = 16L << 20;
  private static final StructLayout MALLOC_STATE = MemoryLayout.structLayout(Stream.of(
          "arena",
          "ordblks",
          "smblks",
          "hblks",
          "hblkhd",
          "usmblks",
          "fsmblks",
          "uordblks",
          "fordblks",
          "keepcost")
      .map(ValueLayout.JAVA_LONG::withName)
      .toArray(MemoryLayout[]::new));

  /** Bytes that glibc's malloc has handed out, which is where libtorch's memory comes from; the Java heap is not in it. */
  private static long nativeBytes() throws Throwable {
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> symbol = linker.defaultLookup().find("mallinfo2");
    assumeTrue(symbol.isPresent(), "glibc 2.33 or later");
    try (Arena arena = Arena.ofConfined()) {
      SegmentAllocator allocator = arena;
      MethodHandle mallinfo =
          linker.downcallHandle(symbol.get(), FunctionDescriptor.of(MALLOC_STATE));
      MemorySegment state = (MemorySegment) mallinfo.invokeExact(allocator);
      return field(state, "uordblks") + field(state, "hblkhd");
    }
  }

  private static long field(MemorySegment state, String name) {
    return state.get(
        ValueLayout.JAVA_LONG, MALLOC_STATE.byteOffset(PathElement.groupElement(name)));
  }

  private static void assertFlat(int steps, Runnable step) throws Throwable {
    for (int i = 0; i < steps / 4; i++) {
      step.run();
    }
    long before = nativeBytes();
    for (int i = 0; i < steps; i++) {
      step.run();
    }
    assertThat(nativeBytes() - before)
        .as("growth in bytes over %d steps", steps)
        .isLessThan(MARGIN);
  }

  @Test
  void trainingStepsLeaveNothingBehind() throws Throwable {
    RandomStream random = new RandomStream(1);
    try (Scope _ = Scope.open()) {
      Tensor embed = random.normal(0.1, 16, 8).requireGrad();
      Tensor weight = random.normal(0.1, 8, 8).requireGrad();
      Tensor norm = Tensor.full(1, 8).requireGrad();
      Tensor ids = Tensor.of(new long[] {1, 2, 3, 4, 5, 6}, 2, 3);
      Tensor targets = ids.unsqueeze(-1);
      try (AdamW adam = new AdamW(Map.of("embed", embed, "norm", norm), AdamW.Settings.DEFAULT);
          Muon muon = new Muon(Map.of("weight", weight), 0.01)) {
        assertFlat(10_000, () -> {
          try (Scope _ = Scope.open()) {
            Tensor x = embed.embedding(ids).rmsNorm(norm, 1e-5).linear(weight).silu();
            Tensor logProbs = x.linear(embed).logSoftmax().gather(-1, targets);
            logProbs.mean().neg().backward();
            adam.step(1e-3);
            muon.step(1e-3);
            embed.clearGrad();
            weight.clearGrad();
            norm.clearGrad();
          }
        });
      }
    }
  }

  @Test
  void decodeStepsLeaveNothingBehind() throws Throwable {
    RandomStream random = new RandomStream(2);
    try (Scope _ = Scope.open();
        Gradients _ = Gradients.off()) {
      Tensor embed = random.normal(0.1, 16, 8);
      Tensor cache = Tensor.zeros(DType.FLOAT32, 4, 8);
      assertFlat(100_000, () -> {
        try (Scope _ = Scope.open()) {
          Tensor x = embed.embedding(Tensor.of(new long[] {3}));
          cache.narrow(0, 1, 1).copyInPlace(x);
          Tensor logits =
              x.matmul(cache.transpose(0, 1)).softmax().matmul(cache).linear(embed);
          logits.segment();
          assertThat(logits.argmax().item()).isBetween(0.0, 15.0);
        }
      });
    }
  }

  @Test
  void changesInPlaceLeaveNothingBehindEvenInOneLongScope() throws Throwable {
    try (Scope _ = Scope.open()) {
      Tensor x = Tensor.full(1, 4);
      Tensor y = Tensor.full(2, 4);
      assertFlat(100_000, () -> {
        x.mulInPlace(0.5).addInPlace(y, 0.5).lerpInPlace(y, 0.1).addProductInPlace(y, y, 1e-3);
        x.addQuotientInPlace(y, y, 1e-3).copyInPlace(y);
        x.size(0);
        x.dtype();
      });
    }
  }
}
