package dev.rowan.verify.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Questions that are asked all at once; how many a model takes at a time is its own affair. */
final class AtOnce {

  private AtOnce() {}

  /**
   * All results, in order.
   *
   * @throws InterruptedException if the calling thread was interrupted; nothing runs on
   */
  static <T> List<T> all(List<Callable<T>> questions) throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(questions)) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
