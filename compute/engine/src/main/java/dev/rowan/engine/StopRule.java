package dev.rowan.engine;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** When a sequence ends before its limit. */
@FunctionalInterface
public interface StopRule {

  /** Sequences end at their limit only. */
  StopRule NEVER = () -> token -> false;

  /**
   * What watches one sequence: asked about every new token in order, on the engine's own thread, it says whether that
   * token ends the sequence. It must be quick.
   */
  IntPredicate watch();

  /** Any of these tokens ends a sequence. */
  static StopRule at(int... tokens) {
    int[] sorted = Arrays.stream(tokens).sorted().toArray();
    return () -> token -> Arrays.binarySearch(sorted, token) >= 0;
  }
}
