package dev.rowan.tensor;

import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;

/**
 * Multiplies rows by a {@link PackedMatrix}. A row of the result does not depend on the rows beside it, nor on how many
 * there are, if there are at least {@link #fewestRows}. Every number of rows is prepared at its first use and kept: callers
 * pad to a few of them. Belongs to one thread.
 */
public final class Product implements AutoCloseable {

  private record Prepared(long primitive, Arguments arguments, long x, long y) {}

  private final OneDnn dnn;
  private final PackedMatrix matrix;
  private final long stream;
  private final Map<Integer, Prepared> byRows = new HashMap<>();
  private boolean closed;

  Product(OneDnn dnn, PackedMatrix matrix) {
    this.dnn = dnn;
    this.matrix = matrix;
    this.stream = dnn.stream();
  }

  /**
   * How many rows it takes at least. A single row of fractions may be added up in another order than several: it is better
   * multiplied twice. Whole numbers have the same sum in any order.
   */
  public static int fewestRows(DType type) {
    return type == DType.INT8 ? 1 : 2;
  }

  /** Products that the calling thread runs are computed by it alone: a thread calls this before its first. */
  public static void stayOnThisThread() {
    OneDnn.get().stayOnThisThread();
  }

  /** What it multiplies by. */
  public PackedMatrix matrix() {
    return matrix;
  }

  /**
   * Computes {@code y = x · Wᵀ}.
   *
   * @param x [rows, in] in native memory
   * @param rows number of rows
   * @param y receives [rows, out], in native memory
   */
  public void run(MemorySegment x, int rows, MemorySegment y) {
    Prepared prepared = byRows.get(rows);
    if (prepared == null || prepared.x != x.address() || prepared.y != y.address()) {
      prepared = prepare(x, rows, y);
    }
    prepared.arguments.run(prepared.primitive, stream);
  }

  private Prepared prepare(MemorySegment x, int rows, MemorySegment y) {
    long matmul = matrix.matmul(rows);
    Arguments arguments = matrix.arguments(rows, x, y);
    arguments.addScratchpad(dnn.scratchpadOf(matmul));
    Prepared prepared = new Prepared(dnn.primitive(matmul), arguments, x.address(), y.address());
    dnn.destroy("primitive_desc", matmul);
    Prepared old = byRows.put(rows, prepared);
    if (old != null) {
      free(old);
    }
    return prepared;
  }

  private void free(Prepared prepared) {
    prepared.arguments.close();
    dnn.destroy("primitive", prepared.primitive);
  }

  /** Frees what was prepared. Closing it again does nothing. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      byRows.values().forEach(this::free);
      dnn.destroy("stream", stream);
    }
  }
}
