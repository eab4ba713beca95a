package dev.rowan.train;

import dev.rowan.tensor.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * A fixed number of platform threads, one per lane: operations of libtorch run on the thread that calls them, so this is
 * where the cores come in.
 */
final class Workers implements AutoCloseable {

  private final List<ExecutorService> threads = new ArrayList<>();

  /** {@code count} threads, at least 1. */
  Workers(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(count + " lanes cannot train: give at least 1");
    }
    for (int i = 0; i < count; i++) {
      String name = "lane-" + i;
      threads.add(Executors.newSingleThreadExecutor(
          task -> Thread.ofPlatform().name(name).daemon().unstarted(task)));
    }
  }

  int count() {
    return threads.size();
  }

  /**
   * Runs {@code task} with 0, 1, ... on thread 0, 1, ... and waits for all of them, also if the caller is interrupted: a
   * step is never left half done. The first failure is thrown when all have ended.
   */
  void run(IntConsumer task) {
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < threads.size(); i++) {
      int lane = i;
      running.add(threads.get(i).submit(() -> {
        Torch.load();
        task.accept(lane);
      }));
    }
    List<Throwable> failures = new ArrayList<>();
    boolean interrupted = false;
    for (Future<?> future : running) {
      interrupted |= await(future, failures);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (!failures.isEmpty()) {
      throw new TrainingException(
          "a training lane failed: " + failures.getFirst().getMessage(), failures.getFirst());
    }
  }

  /** Waits, and says whether it was interrupted meanwhile. */
  private static boolean await(Future<?> future, List<Throwable> failures) {
    boolean interrupted = false;
    while (true) {
      try {
        future.get();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        failures.add(e.getCause() == null ? e : e.getCause());
        return interrupted;
      }
    }
  }

  @Override
  public void close() {
    threads.forEach(ExecutorService::close);
  }
}
