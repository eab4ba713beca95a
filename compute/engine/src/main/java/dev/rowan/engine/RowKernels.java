package dev.rowan.engine;

import java.lang.foreign.MemorySegment;

/**
 * What is done to rows of numbers between matrix products. There are two kinds, with the same results to the last bit: one
 * of vector operations, and one of plain loops for the time until those are compiled, when they take a hundred times as
 * long as afterwards. Belongs to one thread.
 */
interface RowKernels {

  /** {@code out[to + i] = x[from + i] / rms(x) · weight[i]} (Zhang and Sennrich 2019) for {@code width} numbers. */
  void norm(float[] x, int from, float[] weight, double epsilon, float[] out, int to, int width);

  /** {@code row[i] = silu(row[i]) · row[inner + i]} for the first half of a row (Shazeer 2020). */
  void swiGlu(float[] row, int inner);

  /** Multiplies numbers by a factor, and rounds them to bf16 if asked to. */
  void scale(float[] row, int start, int width, float factor, boolean rounds);

  /** Writes the nearest bf16 numbers. */
  void putHalves(float[] from, int offset, int width, MemorySegment to, long start);

  /** Reads bf16 numbers. */
  void getHalves(MemorySegment from, long start, int width, float[] to, int offset);

  /** Writes whole numbers, the largest 127 or -127, and returns what one of them stands for. */
  float putBytes(float[] from, int offset, int width, MemorySegment to, long start);

  /** The largest of the first {@code count} numbers. */
  float max(float[] numbers, int count);

  /**
   * Sets {@code out[i] = exp((x[i] - top) / temperature)} for i in [from, to), and returns the sum; {@code top} is no less
   * than any of them.
   */
  double exponentials(float[] x, int from, int to, float top, float temperature, float[] out);
}
