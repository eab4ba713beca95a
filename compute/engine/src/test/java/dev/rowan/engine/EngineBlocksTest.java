package dev.rowan.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.model.LlamaWeights;
import dev.rowan.tensor.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No block is lost, whatever callers do. */
final class EngineBlocksTest {

  private static final int CALLERS = 20;
  private static final int CALLS = 500;

  private final AtomicInteger finished = new AtomicInteger();
  private final AtomicInteger given = new AtomicInteger();

  @Test
  @Timeout(60)
  void everyBlockComesBack() throws InterruptedException, ExecutionException {
    try (LlamaWeights weights = Tiny.weights(Tiny.CONFIG);
        Engine engine = new Engine(weights, new EngineSettings(2, 8, 16, 20 * 16, DType.FLOAT32))) {
      List<Callable<Integer>> callers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        SplittableRandom random = new SplittableRandom(i);
        callers.add(() -> call(engine, random));
      }
      Tiny.together(callers);
      assertThat(finished.get() + given.get()).isEqualTo(CALLERS * CALLS);
      assertThat(given.get()).isPositive();
      assertThat(finished.get()).isGreaterThan(CALLERS * CALLS / 2);
      Tiny.awaitNoBlocks(engine);
      assertThat(engine.blocksInUse()).isZero();
      // All of the cache can be had at once again.
      assertThat(engine.generate(Tiny.request(new int[310], 10, 1)).tokens()).hasSize(10);
    }
  }

  private int call(Engine engine, SplittableRandom random) throws InterruptedException {
    for (int i = 0; i < CALLS; i++) {
      int[] tokens =
          IntStream.range(0, 1 + random.nextInt(60)).map(t -> 2 + t % 7).toArray();
      tokens[random.nextInt(tokens.length)] = 2 + random.nextInt(3);
      switch (random.nextInt(10)) {
        case 0 -> leave(engine, Tiny.request(tokens, 200, i), random.nextInt(8));
        case 1 -> leaveAtOnce(engine, Tiny.request(tokens, 200, i));
        case 2 -> {
          assertThat(engine.read(tokens, random.nextInt(tokens.length)).hidden())
              .isNotEmpty();
          finished.incrementAndGet();
        }
        default -> {
          int count = 1 + random.nextInt(20);
          assertThat(engine.generate(Tiny.request(tokens, count, i)).tokens()).hasSize(count);
          finished.incrementAndGet();
        }
      }
    }
    return 0;
  }

  private void leave(Engine engine, GenerationRequest request, int after)
      throws InterruptedException {
    AtomicInteger heard = new AtomicInteger();
    try {
      engine.generate(request, (token, logProb) -> {
        if (heard.getAndIncrement() == after) {
          Thread.currentThread().interrupt();
        }
      });
      finished.incrementAndGet();
    } catch (InterruptedException e) {
      given.incrementAndGet();
    }
    forget();
  }

  /** Where the call was done before the interruption was seen. */
  private static void forget() {
    boolean _ = Thread.interrupted();
  }

  private void leaveAtOnce(Engine engine, GenerationRequest request) {
    Thread.currentThread().interrupt();
    try {
      assertThat(Arrays.stream(engine.generate(request).tokens())).isNotEmpty();
      finished.incrementAndGet();
    } catch (InterruptedException e) {
      given.incrementAndGet();
    }
    forget();
  }
}
