package dev.rowan.engine;

import static dev.rowan.engine.VectorMath.FLOATS;
import static dev.rowan.engine.VectorMath.INTS;
import static dev.rowan.engine.VectorMath.LANES;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Vector operations. */
final class VectorKernels implements RowKernels {

  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(FLOATS.vectorBitSize() / 2));
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(FLOATS.vectorBitSize() / 4));
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  @Override
  public void norm(
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

  @Override
  public void swiGlu(float[] row, int inner) {
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

  @Override
  public void scale(float[] row, int start, int width, float factor, boolean rounds) {
    int i = start;
    for (int end = start + VectorMath.wholeVectors(width); i < end; i += LANES) {
      FloatVector scaled = FloatVector.fromArray(FLOATS, row, i).mul(factor);
      (rounds ? VectorMath.roundToHalves(scaled) : scaled).intoArray(row, i);
    }
    for (; i < start + width; i++) {
      float scaled = row[i] * factor;
      row[i] = rounds ? VectorMath.roundToHalf(scaled) : scaled;
    }
  }

  @Override
  public void putHalves(float[] from, int offset, int width, MemorySegment to, long start) {
    int i = 0;
    for (int end = VectorMath.wholeVectors(width); i < end; i += LANES) {
      IntVector bits = FloatVector.fromArray(FLOATS, from, offset + i).reinterpretAsInts();
      IntVector odd = bits.lanewise(VectorOperators.LSHR, 16).and(1);
      bits.add(odd)
          .add(0x7fff)
          .lanewise(VectorOperators.LSHR, 16)
          .convertShape(VectorOperators.I2S, SHORTS, 0)
          .reinterpretAsShorts()
          .intoMemorySegment(to, (start + i) * Short.BYTES, ORDER);
    }
    for (; i < width; i++) {
      short bits = KvStore.bf16(from[offset + i]);
      to.set(ValueLayout.JAVA_SHORT, (start + i) * Short.BYTES, bits);
    }
  }

  @Override
  public void getHalves(MemorySegment from, long start, int width, float[] to, int offset) {
    int i = 0;
    for (int end = VectorMath.wholeVectors(width); i < end; i += LANES) {
      ShortVector.fromMemorySegment(SHORTS, from, (start + i) * Short.BYTES, ORDER)
          .convertShape(VectorOperators.S2I, INTS, 0)
          .reinterpretAsInts()
          .lanewise(VectorOperators.LSHL, 16)
          .reinterpretAsFloats()
          .intoArray(to, offset + i);
    }
    for (; i < width; i++) {
      int bits = from.get(ValueLayout.JAVA_SHORT, (start + i) * Short.BYTES);
      to[offset + i] = Float.intBitsToFloat(bits << 16);
    }
  }

  @Override
  public float putBytes(float[] from, int offset, int width, MemorySegment to, long start) {
    float largest = largest(from, offset, width);
    float inverse = largest == 0 ? 0 : Byte.MAX_VALUE / largest;
    int i = 0;
    for (int end = VectorMath.wholeVectors(width); i < end; i += LANES) {
      FloatVector.fromArray(FLOATS, from, offset + i)
          .mul(inverse)
          .add(VectorMath.ROUNDER)
          .reinterpretAsInts()
          .sub(VectorMath.ROUNDER_BITS)
          .convertShape(VectorOperators.I2B, BYTES, 0)
          .reinterpretAsBytes()
          .intoMemorySegment(to, start + i, ORDER);
    }
    for (; i < width; i++) {
      to.set(ValueLayout.JAVA_BYTE, start + i, VectorMath.nearestByte(from[offset + i] * inverse));
    }
    return largest / Byte.MAX_VALUE;
  }

  private static float largest(float[] from, int offset, int width) {
    FloatVector largest = FloatVector.zero(FLOATS);
    int i = 0;
    for (int end = VectorMath.wholeVectors(width); i < end; i += LANES) {
      largest = largest.max(FloatVector.fromArray(FLOATS, from, offset + i).abs());
    }
    float result = VectorMath.max(largest);
    for (; i < width; i++) {
      result = Math.max(result, Math.abs(from[offset + i]));
    }
    return result;
  }

  @Override
  public float max(float[] numbers, int count) {
    FloatVector largest = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    int i = 0;
    for (int end = VectorMath.wholeVectors(count); i < end; i += LANES) {
      largest = largest.max(FloatVector.fromArray(FLOATS, numbers, i));
    }
    float result = VectorMath.max(largest);
    for (; i < count; i++) {
      result = Math.max(result, numbers[i]);
    }
    return result;
  }

  @Override
  public double exponentials(
      float[] x, int from, int to, float top, float temperature, float[] out) {
    FloatVector sums = FloatVector.zero(FLOATS);
    int i = from;
    for (; i + LANES <= to; i += LANES) {
      FloatVector below = FloatVector.fromArray(FLOATS, x, i).sub(top);
      FloatVector e = VectorMath.exp(temperature == 1 ? below : below.div(temperature));
      e.intoArray(out, i);
      sums = sums.add(e);
    }
    double sum = VectorMath.sum(sums);
    for (; i < to; i++) {
      out[i] = VectorMath.exp((x[i] - top) / temperature);
      sum += out[i];
    }
    return sum;
  }
}
