package dev.rowan.engine;

import static dev.rowan.engine.VectorMath.FLOATS;
import static dev.rowan.engine.VectorMath.LANES;

import jdk.incubator.vector.FloatVector;

/** What a layer does to single rows between its matrix products. */
final class RowMath {

  private RowMath() {}

  /** {@code out[i] = x[i] / rms(x) · weight[i]} (Zhang and Sennrich 2019) for {@code width} numbers. */
  static void norm(
      float[] x, int from, float[] weight, double epsilon, float[] out, int to, int width) {
    FloatVector even = FloatVector.zero(FLOATS);
    FloatVector odd = FloatVector.zero(FLOATS);
    int end = VectorMath.wholeVectors(width);
    int i = 0;
    for (; i + LANES < end; i += 2 * LANES) {
      FloatVector a = FloatVector.fromArray(FLOATS, x, from + i);
      FloatVector b = FloatVector.fromArray(FLOATS, x, from + i + LANES);
      even = a.fma(a, even);
      odd = b.fma(b, odd);
    }
    for (; i < end; i += LANES) {
      FloatVector a = FloatVector.fromArray(FLOATS, x, from + i);
      even = a.fma(a, even);
    }
    float squares = VectorMath.sum(even.add(odd));
    for (; i < width; i++) {
      squares += x[from + i] * x[from + i];
    }
    float factor = (float) (1 / Math.sqrt(squares / width + epsilon));
    for (i = 0; i < end; i += LANES) {
      FloatVector.fromArray(FLOATS, x, from + i)
          .mul(factor)
          .mul(FloatVector.fromArray(FLOATS, weight, i))
          .intoArray(out, to + i);
    }
    for (; i < width; i++) {
      out[to + i] = x[from + i] * factor * weight[i];
    }
  }

  /** Adds the first {@code width} numbers of {@code b} to {@code a[at ..]}. */
  static void add(float[] a, int at, float[] b, int width) {
    int i = 0;
    for (int end = VectorMath.wholeVectors(width); i < end; i += LANES) {
      FloatVector.fromArray(FLOATS, a, at + i)
          .add(FloatVector.fromArray(FLOATS, b, i))
          .intoArray(a, at + i);
    }
    for (; i < width; i++) {
      a[at + i] += b[i];
    }
  }

  /** {@code row[i] = silu(row[i]) · row[inner + i]} for the first half of a row (Shazeer 2020). */
  static void swiGlu(float[] row, int inner) {
    int i = 0;
    for (int end = VectorMath.wholeVectors(inner); i < end; i += LANES) {
      FloatVector gate = FloatVector.fromArray(FLOATS, row, i);
      FloatVector small = VectorMath.exp(gate.abs().neg());
      FloatVector ones = FloatVector.broadcast(FLOATS, 1f);
      FloatVector share = small.blend(ones, gate.lt(0f).not()).div(small.add(1f));
      gate.mul(share).mul(FloatVector.fromArray(FLOATS, row, inner + i)).intoArray(row, i);
    }
    for (; i < inner; i++) {
      float small = VectorMath.exp(-Math.abs(row[i]));
      row[i] = row[i] * ((row[i] < 0 ? small : 1) / (small + 1)) * row[inner + i];
    }
  }

  /** Turns the pairs of each head, from {@code start} on, by a position's angles (Su et al. 2021). */
  static void rotate(
      float[] row, int start, int heads, int half, float[] cos, float[] sin, int angle) {
    for (int head = 0; head < heads; head++) {
      int low = start + head * 2 * half;
      for (int i = 0; i < half; i++) {
        float a = row[low + i];
        float b = row[low + half + i];
        row[low + i] = a * cos[angle + i] - b * sin[angle + i];
        row[low + half + i] = b * cos[angle + i] + a * sin[angle + i];
      }
    }
  }

  /** Multiplies numbers by a factor, and rounds them to bf16 if asked to. */
  static void scale(float[] row, int start, int width, float factor, boolean rounds) {
    int i = start;
    for (int end = start + VectorMath.wholeVectors(width); i < end; i += LANES) {
      FloatVector scaled = FloatVector.fromArray(FLOATS, row, i).mul(factor);
      (rounds ? VectorMath.roundToHalves(scaled) : scaled).intoArray(row, i);
    }
    for (; i < start + width; i++) {
      float scaled = row[i] * factor;
      row[i] = rounds ? Float.intBitsToFloat(KvStore.bf16(scaled) << 16) : scaled;
    }
  }
}
