package dev.rowan.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowan.core.PolicyException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RollOutsTest {

  @Test
  void resultsComeInOrderWhateverTheTiming() throws InterruptedException {
    List<Integer> heard = new ArrayList<>();
    List<Integer> results = RollOuts.run(
        200,
        16,
        i -> {
          LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(100_000));
          return i * i;
        },
        (i, result) -> heard.add(result));

    assertThat(results)
        .isEqualTo(IntStream.range(0, 200).map(i -> i * i).boxed().toList());
    assertThat(heard).isEqualTo(results);
  }

  @Test
  void noneAtAllIsFine() throws InterruptedException {
    assertThat(RollOuts.run(0, i -> i)).isEmpty();
  }

  @Test
  void noMoreThanAllowedAtATime() throws InterruptedException {
    AtomicInteger live = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    RollOuts.run(
        100,
        7,
        i -> {
          most.accumulateAndGet(live.incrementAndGet(), Math::max);
          LockSupport.parkNanos(10_000);
          return live.decrementAndGet();
        },
        (i, result) -> {});

    assertThat(most.get()).isBetween(1, 7);
  }

  @Test
  void aFailureEndsTheOthersAndComesOut() {
    AtomicInteger ended = new AtomicInteger();
    CountDownLatch started = new CountDownLatch(4);
    RollOuts.RollOut<Integer> rollOut = i -> {
      if (i == 4) {
        started.await();
        throw new PolicyException("the endpoint is down");
      }
      started.countDown();
      try {
        Thread.sleep(Long.MAX_VALUE);
      } finally {
        ended.incrementAndGet();
      }
      return i;
    };

    assertThatThrownBy(() -> RollOuts.run(5, rollOut))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("down");
    assertThat(ended).hasValue(4);
  }

  @Test
  void interruptionEndsAllBeforeItReturns() throws InterruptedException {
    AtomicInteger live = new AtomicInteger();
    CountDownLatch started = new CountDownLatch(50);
    List<Throwable> seen = new ArrayList<>();
    Thread solver = Thread.ofVirtual().start(() -> {
      try {
        RollOuts.run(50, i -> {
          live.incrementAndGet();
          started.countDown();
          try {
            Thread.sleep(Long.MAX_VALUE);
          } finally {
            live.decrementAndGet();
          }
          return i;
        });
      } catch (InterruptedException e) {
        seen.add(e);
        assertThat(live).hasValue(0);
        live.addAndGet(-1000);
      }
    });
    started.await();
    solver.interrupt();
    solver.join();

    assertThat(seen).hasSize(1);
    assertThat(live).hasValue(-1000);
  }
}
