package dev.rowan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class WorkersTest {

  @Test
  void everyLaneHasAThreadOfItsOwn() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    try (Workers workers = new Workers(3)) {
      workers.run(lane -> threads.add(Thread.currentThread()));
      workers.run(lane -> threads.add(Thread.currentThread()));
    }
    assertThat(threads).hasSize(3).doesNotContain(Thread.currentThread());
  }

  @Test
  void anInterruptedCallerStillWaitsAndStaysInterrupted() {
    AtomicInteger ended = new AtomicInteger();
    CountDownLatch bothRun = new CountDownLatch(2);
    try (Workers workers = new Workers(2)) {
      Thread.currentThread().interrupt();
      workers.run(lane -> {
        bothRun.countDown();
        awaitUninterrupted(bothRun);
        ended.incrementAndGet();
      });
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(ended).hasValue(2);
  }

  @Test
  void theOtherLanesEndBeforeAFailureIsThrown() {
    AtomicInteger ended = new AtomicInteger();
    try (Workers workers = new Workers(3)) {
      assertThatThrownBy(() -> workers.run(lane -> {
            if (lane == 0) {
              throw new IllegalStateException("lane 0 is out of data");
            }
            ended.incrementAndGet();
          }))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("lane 0 is out of data");
    }
    assertThat(ended).hasValue(2);
  }

  @Test
  void trainingNeedsALane() {
    for (int count : List.of(0, -1)) {
      assertThatThrownBy(() -> new Workers(count)).hasMessageContaining(count + " lanes");
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("a lane was interrupted", e);
    }
  }
}
