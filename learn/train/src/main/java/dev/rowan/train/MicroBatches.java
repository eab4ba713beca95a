package dev.rowan.train;

import dev.rowan.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/** Cuts items of different lengths into micro-batches that waste little on padding. */
public final class MicroBatches {

  private MicroBatches() {}

  /**
   * Buckets of items of similar length, in random order; the same seed gives the same ones.
   *
   * @param length the length of an item in tokens
   * @param paddedTokens most tokens of a micro-batch, padding included; an item longer than this stands alone
   */
  public static <T> List<List<T>> of(
      List<T> items, ToIntFunction<T> length, int paddedTokens, long seed) {
    RandomStream random = new RandomStream(seed);
    List<T> sorted = new ArrayList<>(items);
    Collections.shuffle(sorted, random);
    sorted.sort(Comparator.comparingInt(length));
    List<List<T>> batches = new ArrayList<>();
    List<T> batch = new ArrayList<>();
    for (T item : sorted) {
      if (!batch.isEmpty() && (long) length.applyAsInt(item) * (batch.size() + 1) > paddedTokens) {
        batches.add(batch);
        batch = new ArrayList<>();
      }
      batch.add(item);
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    Collections.shuffle(batches, random);
    return batches;
  }

  /** The micro-batches of {@link #of}, dealt out to steps; the last step may have fewer. */
  public static <T> List<List<List<T>>> steps(
      List<T> items, ToIntFunction<T> length, StepSize size, long seed) {
    List<List<T>> batches = of(items, length, size.microBatchTokens(), seed);
    List<List<List<T>>> steps = new ArrayList<>();
    for (int start = 0; start < batches.size(); start += size.microBatches()) {
      steps.add(batches.subList(start, Math.min(batches.size(), start + size.microBatches())));
    }
    return steps;
  }
}
