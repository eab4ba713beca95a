package dev.rowan.engine;

import dev.rowan.tensor.DType;
import dev.rowan.tensor.Product;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The rows that go into matrix products and come out of them, in the products' element type. In bf16, numbers are rounded
 * to the nearest on the way in and come out rounded, as in training. In int8, each row has a scale of its own, by its
 * largest number. Belongs to one thread.
 */
final class ProductRows implements AutoCloseable {

  private final RowKernels kernels;
  private final DType type;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment in;
  private final MemorySegment out;
  private final float[] scales;
  private int columns;
  private DType resultType;

  /** Room for {@code inputs} numbers to go in and {@code outputs} to come out, in {@code rows} rows. */
  ProductRows(RowKernels kernels, DType type, int rows, long inputs, long outputs) {
    this.kernels = kernels;
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
      case BFLOAT16 -> kernels.putHalves(from, offset, width, in, start);
      default -> scales[row] = kernels.putBytes(from, offset, width, in, start);
    }
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
      kernels.getHalves(out, start, columns, to, offset);
      return;
    }
    MemorySegment.copy(out, ValueLayout.JAVA_FLOAT, start * Float.BYTES, to, offset, columns);
    if (type == DType.INT8) {
      float scale = scales[row];
      for (int i = 0; i < columns; i++) {
        to[offset + i] *= scale;
      }
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
