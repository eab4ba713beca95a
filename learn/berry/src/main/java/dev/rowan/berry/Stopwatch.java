package dev.rowan.berry;

import java.util.EnumMap;
import java.util.Map;

/** Where a run's time goes. */
final class Stopwatch {

  /** What time is spent on. */
  enum Phase {
    SAMPLING,
    VERIFYING,
    TRAINING,
    EVALUATING
  }

  /** Work that takes time. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws InterruptedException;
  }

  private final Map<Phase, Double> seconds = new EnumMap<>(Phase.class);

  /** Does the work, and books its time. */
  <T> T time(Phase phase, Work<T> work) throws InterruptedException {
    long start = System.nanoTime();
    try {
      return work.run();
    } finally {
      add(phase, (System.nanoTime() - start) / 1e9);
    }
  }

  /** Books time that was spent elsewhere. */
  void add(Phase phase, double more) {
    seconds.merge(phase, more, Double::sum);
  }

  double seconds(Phase phase) {
    return seconds.getOrDefault(phase, 0.0);
  }

  double total() {
    return seconds.values().stream().mapToDouble(value -> value).sum();
  }
}
