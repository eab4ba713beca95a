package dev.rowan.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** Threads share nothing but the weights. */
final class ThreadsTest {

  @Test
  void operationsRunOnTheCallingThreadAlone() throws InterruptedException, ExecutionException {
    try (var threads = Executors.newFixedThreadPool(2);
        Scope _ = Scope.open()) {
      assertThat(torch.get_num_threads()).isEqualTo(1);
      assertThat(threads.submit(torch::get_num_threads).get()).isEqualTo(1);
    }
  }

  @Test
  void threadsTrainSideBySideOnTheSameMemory() throws InterruptedException, ExecutionException {
    try (var threads = Executors.newFixedThreadPool(4);
        Scope _ = Scope.open()) {
      Tensor shared = Tensor.of(new float[] {1, 2, 3});
      List<Future<float[]>> gradients = IntStream.range(0, 8)
          .mapToObj(i -> threads.submit(() -> gradient(shared, i)))
          .toList();
      for (int i = 0; i < gradients.size(); i++) {
        assertThat(gradients.get(i).get()).containsExactly(2 * i, 4 * i, 6 * i);
      }
    }
  }

  private static float[] gradient(Tensor shared, int factor) {
    try (Scope _ = Scope.open()) {
      Tensor own = shared.detach().requireGrad();
      for (int i = 0; i < 50; i++) {
        own.clearGrad();
        own.mul(own).sum().mul(factor).backward();
      }
      return own.grad().orElseThrow().toFloats();
    }
  }
}
