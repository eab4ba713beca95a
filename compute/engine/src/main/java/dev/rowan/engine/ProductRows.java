package dev.rowan.engine;

import static dev.rowan.engine.VectorMath.FLOATS;
import static dev.rowan.engine.VectorMath.INTS;
import static dev.rowan.engine.VectorMath.LANES;

import dev.rowan.tensor.DType;
import dev.rowan.tensor.Product;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The rows that go into matrix products and come out of them, in the products' element type. In bf16, numbers are rounded
 * to the nearest on the way in and come out rounded, as in training. In int8, each row has a scale of its own, by its
 * largest number. Belongs to one thread.
 */
final class ProductRows implements AutoCloseable {

  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(FLOATS.vectorBitSize() / 2));
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(FLOATS.vectorBitSize() / 4));
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final float LARGEST = 127;

  /** Adding and taking away 1.5 · 2^23 rounds a float to the nearest whole number. */
  private static final float ROUNDER = 12_582_912f;

  private final DType type;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment in;
  private final MemorySegment out;
  private final float[] scales;
  private int columns;
  private DType resultType;

  /** Room for {@code inputs} numbers to go in and {@code outputs} to come out, in {@code rows} rows. */
  ProductRows(DType type, int rows, long inputs, long outputs) {
    this.type = type;
    this.in = arena.allocate(rows * inputs * type.bytes(), 64);
    this.out = arena.allocate(rows * outputs * Float.BYTES, 64);
    this.resultType = type;
    this.scales = new float[rows];
  }

  /** Writes a row of {@code width} numbers. */
  void put(int row, float[] from, int offset, int width) {
    long start = (long) row * width;
    switch (type) {
      case FLOAT32 ->
        MemorySegment.copy(from, offset, in, ValueLayout.JAVA_FLOAT, start * Float.BYTES, width);
      case BFLOAT16 -> putShorts(start, from, offset, width);
      default -> putBytes(row, start, from, offset, width);
    }
  }

  private void putShorts(long start, float[] from, int offset, int width) {
    int i = 0;
    for (int end = VectorMath.wholeVectors(width); i < end; i += LANES) {
      IntVector bits = FloatVector.fromArray(FLOATS, from, offset + i).reinterpretAsInts();
      IntVector odd = bits.lanewise(VectorOperators.LSHR, 16).and(1);
      bits.add(odd)
          .add(0x7fff)
          .lanewise(VectorOperators.LSHR, 16)
          .convertShape(VectorOperators.I2S, SHORTS, 0)
          .reinterpretAsShorts()
          .intoMemorySegment(in, (start + i) * Short.BYTES, ORDER);
    }
    for (; i < width; i++) {
      short bits = KvStore.bf16(from[offset + i]);
      in.set(ValueLayout.JAVA_SHORT, (start + i) * Short.BYTES, bits);
    }
  }

  private void putBytes(int row, long start, float[] from, int offset, int width) {
    float largest = largest(from, offset, width);
    float inverse = largest == 0 ? 0 : LARGEST / largest;
    scales[row] = largest / LARGEST;
    int i = 0;
    for (int end = VectorMath.wholeVectors(width); i < end; i += LANES) {
      FloatVector.fromArray(FLOATS, from, offset + i)
          .mul(inverse)
          .add(ROUNDER)
          .reinterpretAsInts()
          .sub(Float.floatToRawIntBits(ROUNDER))
          .convertShape(VectorOperators.I2B, BYTES, 0)
          .reinterpretAsBytes()
          .intoMemorySegment(in, start + i, ORDER);
    }
    for (; i < width; i++) {
      in.set(ValueLayout.JAVA_BYTE, start + i, (byte) Math.rint(from[offset + i] * inverse));
    }
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

  /** Multiplies the first {@code rows} rows by a matrix. */
  void run(Product product, int rows) {
    columns = product.matrix().outputs();
    resultType = product.matrix().resultType();
    product.run(in, rows, out);
  }

  /** Reads a whole row of the last product to {@code to[offset ..]}. */
  void get(int row, float[] to, int offset) {
    long start = (long) row * columns;
    if (resultType == DType.BFLOAT16) {
      getShorts(start, to, offset);
    } else if (type == DType.INT8) {
      getScaled(scales[row], start, to, offset);
    } else {
      MemorySegment.copy(out, ValueLayout.JAVA_FLOAT, start * Float.BYTES, to, offset, columns);
    }
  }

  private void getShorts(long start, float[] to, int offset) {
    int i = 0;
    for (int end = VectorMath.wholeVectors(columns); i < end; i += LANES) {
      ShortVector.fromMemorySegment(SHORTS, out, (start + i) * Short.BYTES, ORDER)
          .convertShape(VectorOperators.S2I, INTS, 0)
          .reinterpretAsInts()
          .lanewise(VectorOperators.LSHL, 16)
          .reinterpretAsFloats()
          .intoArray(to, offset + i);
    }
    for (; i < columns; i++) {
      to[offset + i] =
          Float.intBitsToFloat(out.get(ValueLayout.JAVA_SHORT, (start + i) * Short.BYTES) << 16);
    }
  }

  private void getScaled(float scale, long start, float[] to, int offset) {
    int i = 0;
    for (int end = VectorMath.wholeVectors(columns); i < end; i += LANES) {
      FloatVector.fromMemorySegment(FLOATS, out, (start + i) * Float.BYTES, ORDER)
          .mul(scale)
          .intoArray(to, offset + i);
    }
    for (; i < columns; i++) {
      to[offset + i] = out.get(ValueLayout.JAVA_FLOAT, (start + i) * Float.BYTES) * scale;
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
