package dev.rowan.engine;

import static dev.rowan.engine.VectorMath.LANES;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** Plain loops that add up in the order of {@link VectorKernels}: what is a vector there is an array here. */
final class PlainKernels implements RowKernels {

  private final float[] even = new float[LANES];
  private final float[] odd = new float[LANES];

  @Override
  public void norm(
      float[] x, int from, float[] weight, double epsilon, float[] out, int to, int width) {
    Arrays.fill(even, 0);
    Arrays.fill(odd, 0);
    int end = VectorMath.wholeVectors(width);
    for (int i = 0; i < end; i++) {
      float[] sums = i / LANES % 2 == 0 ? even : odd;
      sums[i % LANES] = Math.fma(x[from + i], x[from + i], sums[i % LANES]);
    }
    float squares = 0;
    for (int lane = 0; lane < LANES; lane++) {
      squares += even[lane] + odd[lane];
    }
    for (int i = end; i < width; i++) {
      squares += x[from + i] * x[from + i];
    }
    float factor = (float) (1 / Math.sqrt(squares / width + epsilon));
    for (int i = 0; i < width; i++) {
      out[to + i] = x[from + i] * factor * weight[i];
    }
  }

  @Override
  public void swiGlu(float[] row, int inner) {
    for (int i = 0; i < inner; i++) {
      float small = VectorMath.exp(-Math.abs(row[i]));
      row[i] = row[i] * ((row[i] < 0 ? small : 1) / (small + 1)) * row[inner + i];
    }
  }

  @Override
  public void scale(float[] row, int start, int width, float factor, boolean rounds) {
    for (int i = start; i < start + width; i++) {
      float scaled = row[i] * factor;
      row[i] = rounds ? VectorMath.roundToHalf(scaled) : scaled;
    }
  }

  @Override
  public void putHalves(float[] from, int offset, int width, MemorySegment to, long start) {
    short[] halves = new short[width];
    for (int i = 0; i < width; i++) {
      halves[i] = KvStore.bf16(from[offset + i]);
    }
    MemorySegment.copy(halves, 0, to, ValueLayout.JAVA_SHORT, start * Short.BYTES, width);
  }

  @Override
  public void getHalves(MemorySegment from, long start, int width, float[] to, int offset) {
    short[] halves = new short[width];
    MemorySegment.copy(from, ValueLayout.JAVA_SHORT, start * Short.BYTES, halves, 0, width);
    for (int i = 0; i < width; i++) {
      to[offset + i] = Float.intBitsToFloat(halves[i] << 16);
    }
  }

  @Override
  public float putBytes(float[] from, int offset, int width, MemorySegment to, long start) {
    float largest = 0;
    for (int i = 0; i < width; i++) {
      largest = Math.max(largest, Math.abs(from[offset + i]));
    }
    float inverse = largest == 0 ? 0 : Byte.MAX_VALUE / largest;
    byte[] bytes = new byte[width];
    for (int i = 0; i < width; i++) {
      bytes[i] = VectorMath.nearestByte(from[offset + i] * inverse);
    }
    MemorySegment.copy(bytes, 0, to, ValueLayout.JAVA_BYTE, start, width);
    return largest / Byte.MAX_VALUE;
  }

  @Override
  public float max(float[] numbers, int count) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      largest = Math.max(largest, numbers[i]);
    }
    return largest;
  }

  @Override
  public double exponentials(
      float[] x, int from, int to, float top, float temperature, float[] out) {
    Arrays.fill(even, 0);
    int whole = from + VectorMath.wholeVectors(to - from);
    for (int i = from; i < to; i++) {
      out[i] = VectorMath.exp((x[i] - top) / temperature);
    }
    for (int i = from; i < whole; i++) {
      even[(i - from) % LANES] += out[i];
    }
    float lanes = 0;
    for (float lane : even) {
      lanes += lane;
    }
    double sum = lanes;
    for (int i = whole; i < to; i++) {
      sum += out[i];
    }
    return sum;
  }
}
