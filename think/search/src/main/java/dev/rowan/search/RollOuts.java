package dev.rowan.search;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Runs roll-outs concurrently, a virtual thread each. None of them outlives the call that started them. */
public final class RollOuts {

  private RollOuts() {}

  /** One of several roll-outs; runs on a virtual thread of its own. */
  @FunctionalInterface
  public interface RollOut<T> {

    /** Does the work of roll-out {@code index}, counted from 0. */
    T run(int index) throws InterruptedException;
  }

  /** Hears results on the thread that started the roll-outs, in the order of their indices. */
  @FunctionalInterface
  public interface InOrder<T> {

    /** The result of roll-out {@code index}; those of all before it have been heard. */
    void accept(int index, T result);
  }

  /** {@link #run(int, int, RollOut, InOrder)} with all at once and nobody listening. */
  public static <T> List<T> run(int count, RollOut<T> rollOut) throws InterruptedException {
    return run(count, Math.max(1, count), rollOut, (index, result) -> {});
  }

  /**
   * Runs {@code count} roll-outs and waits for all of them. When one throws, the others are interrupted, and its exception
   * comes out of here once they have ended.
   *
   * @param count how many
   * @param atOnce at most this many at a time
   * @param rollOut the work
   * @param inOrder hears each result as soon as it and all before it are there
   * @return the results in the order of their indices
   * @throws InterruptedException if the calling thread was interrupted; every roll-out was, too, and has ended
   */
  public static <T> List<T> run(int count, int atOnce, RollOut<T> rollOut, InOrder<T> inOrder)
      throws InterruptedException {
    Semaphore permits = new Semaphore(atOnce, true);
    // Closing the executor waits until its threads have ended; shutting it down first interrupts
    // those that still run.
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        var completed = new ExecutorCompletionService<T>(executor);
        List<Future<T>> futures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          int index = i;
          futures.add(completed.submit(() -> permitted(permits, rollOut, index)));
        }
        return collect(completed, futures, inOrder);
      } finally {
        executor.shutdownNow();
      }
    }
  }

  private static <T> T permitted(Semaphore permits, RollOut<T> rollOut, int index)
      throws InterruptedException {
    permits.acquire();
    try {
      return rollOut.run(index);
    } finally {
      permits.release();
    }
  }

  private static <T> List<T> collect(
      ExecutorCompletionService<T> completed, List<Future<T>> futures, InOrder<T> inOrder)
      throws InterruptedException {
    List<T> results = new ArrayList<>();
    for (int taken = 0; taken < futures.size(); taken++) {
      try {
        completed.take().get();
      } catch (ExecutionException e) {
        throw failure(e);
      }
      while (results.size() < futures.size()
          && futures.get(results.size()).state() == Future.State.SUCCESS) {
        T result = futures.get(results.size()).resultNow();
        results.add(result);
        inOrder.accept(results.size() - 1, result);
      }
    }
    return results;
  }

  private static RuntimeException failure(ExecutionException e) throws InterruptedException {
    switch (e.getCause()) {
      case RuntimeException cause -> throw cause;
      case Error cause -> throw cause;
      case InterruptedException cause -> throw cause;
      case null, default -> throw new IllegalStateException("a roll-out failed", e);
    }
  }
}
