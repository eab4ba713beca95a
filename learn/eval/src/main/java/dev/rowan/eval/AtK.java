package dev.rowan.eval;

import java.util.List;

/** Estimates, from n samples of one problem, how likely a way of using k samples solves it. */
@FunctionalInterface
public interface AtK {

  /**
   * The expected accuracy with {@code k} samples, in [0, 1].
   *
   * @param samples at least {@code k}
   */
  double expected(List<Graded> samples, int k);
}
