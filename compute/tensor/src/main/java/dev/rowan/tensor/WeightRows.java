package dev.rowan.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * A matrix [outputs, inputs] of numbers that are read row by row, from wherever and however they are kept: a mapped file
 * need not be copied first. Safe for use by any number of threads.
 */
public interface WeightRows {

  /** Number of rows. */
  int outputs();

  /** Length of a row. */
  int inputs();

  /** Writes row {@code i} to the first {@link #inputs()} numbers of {@code to}. */
  void read(int i, float[] to);

  /**
   * Rows that lie one after another in memory, little-endian, as fp32, bf16 or fp16.
   *
   * @throws TensorException if they are of another type
   */
  static WeightRows of(MemorySegment memory, DType type, int outputs, int inputs) {
    return switch (type) {
      case FLOAT32, BFLOAT16, FLOAT16 -> new Plain(memory, type, outputs, inputs);
      case INT8, INT64, BOOL -> throw new TensorException(type + " is no type of weights");
    };
  }

  /** See {@link #of}. */
  record Plain(MemorySegment memory, DType type, int outputs, int inputs) implements WeightRows {

    private static final ValueLayout.OfFloat FLOAT =
        ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
        ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    @Override
    public void read(int i, float[] to) {
      long start = (long) i * inputs * type.bytes();
      if (type == DType.FLOAT32) {
        MemorySegment.copy(memory, FLOAT, start, to, 0, inputs);
        return;
      }
      short[] halves = new short[inputs];
      MemorySegment.copy(memory, SHORT, start, halves, 0, inputs);
      if (type == DType.BFLOAT16) {
        for (int k = 0; k < inputs; k++) {
          to[k] = Float.intBitsToFloat(halves[k] << 16);
        }
      } else {
        for (int k = 0; k < inputs; k++) {
          to[k] = Float.float16ToFloat(halves[k]);
        }
      }
    }
  }
}
