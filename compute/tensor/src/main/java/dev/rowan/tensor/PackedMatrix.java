package dev.rowan.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;

/**
 * A weight matrix [out, in], laid out once for fast products {@code y = x · Wᵀ} with few or many rows. In fp32 and bf16, x
 * has the type of the weights, and y that type or fp32. In int8 each row of the weights has a scale of its own, largest value 127; x is int8
 * and y fp32, the exact sum of whole numbers times the weights' scale: the caller multiplies by the scale of x. Safe for
 * use by any number of threads, each with its own {@link Product}.
 */
public final class PackedMatrix implements AutoCloseable {

  /** Any layout will do for any number of rows; this is the one that oneDNN would choose for so many. */
  private static final int USUAL_ROWS = 32;

  private static final int LARGEST = 127;
  private static final long ALIGNMENT = 64;

  /** Numbers that one thread converts at a time. */
  private static final int CHUNK = 1 << 18;

  private final OneDnn dnn = OneDnn.get();
  private final Arena arena = Arena.ofShared();
  private final DType type;
  private final DType resultType;
  private final int outputs;
  private final int inputs;
  private final long layout;
  private final MemorySegment weights;
  private final MemorySegment scales;

  /**
   * Packs a weight.
   *
   * @param weight [out, in]
   * @param type fp32, bf16 or int8
   * @param resultType of y: {@code type} or fp32, always fp32 for int8
   */
  public PackedMatrix(WeightRows weight, DType type, DType resultType) {
    this.type = type;
    this.resultType = resultType;
    this.outputs = weight.outputs();
    this.inputs = weight.inputs();
    dnn.stayOnThisThread();
    this.scales = arena.allocate((long) outputs * Float.BYTES, ALIGNMENT);
    long any = dnn.anyLayout(nativeType(), inputs, outputs);
    long matmul = matmul(any, USUAL_ROWS);
    this.layout = dnn.weightsOf(matmul);
    this.weights = arena.allocate(dnn.bytes(layout), ALIGNMENT);
    dnn.destroy("primitive_desc", matmul);
    dnn.destroy("memory_desc", any);
    try (Arena temporary = Arena.ofShared()) {
      pack(plain(weight, temporary));
    }
  }

  /** Packs a weight for products with y in the type of x, or fp32 for int8. */
  public PackedMatrix(WeightRows weight, DType type) {
    this(weight, type, type == DType.INT8 ? DType.FLOAT32 : type);
  }

  /** Packs a tensor [out, in] of any floating type. */
  public PackedMatrix(Tensor weight, DType type) {
    this(weight.rows(), type);
  }

  /** What oneDNN takes in: it rounds to bf16 by itself. */
  private DType plainType() {
    return type == DType.INT8 ? DType.INT8 : DType.FLOAT32;
  }

  /** The weights in {@link #plainType}, row by row. */
  private MemorySegment plain(WeightRows weight, Arena temporary) {
    MemorySegment to = temporary.allocate((long) outputs * inputs * plainType().bytes(), ALIGNMENT);
    int chunk = Math.max(1, CHUNK / inputs);
    IntStream.range(0, (outputs + chunk - 1) / chunk).parallel().forEach(part -> {
      float[] row = new float[inputs];
      for (int i = part * chunk; i < Math.min(outputs, (part + 1) * chunk); i++) {
        weight.read(i, row);
        convert(row, i, to);
      }
    });
    return to;
  }

  private void convert(float[] row, int i, MemorySegment to) {
    long start = (long) i * inputs;
    if (type == DType.INT8) {
      scales.setAtIndex(ValueLayout.JAVA_FLOAT, i, quantise(row, to, start));
    } else {
      MemorySegment.copy(row, 0, to, ValueLayout.JAVA_FLOAT, start * Float.BYTES, inputs);
    }
  }

  private static float quantise(float[] row, MemorySegment to, long start) {
    float largest = 0;
    for (float value : row) {
      largest = Math.max(largest, Math.abs(value));
    }
    float inverse = largest == 0 ? 0 : LARGEST / largest;
    for (int i = 0; i < row.length; i++) {
      to.set(ValueLayout.JAVA_BYTE, start + i, (byte) Math.round(row[i] * inverse));
    }
    return largest / LARGEST;
  }

  private void pack(MemorySegment plain) {
    long from = dnn.strided(nativeType(plainType()), new long[] {inputs, outputs}, 1, inputs);
    long reorder = dnn.reorder(from, layout);
    long primitive = dnn.primitive(reorder);
    long stream = dnn.stream();
    try (Arguments arguments = new Arguments(dnn)) {
      arguments.add(OneDnn.SOURCE, from, plain);
      arguments.add(OneDnn.TARGET, layout, weights);
      arguments.run(primitive, stream);
    }
    dnn.destroy("stream", stream);
    dnn.destroy("primitive", primitive);
    dnn.destroy("primitive_desc", reorder);
    dnn.destroy("memory_desc", from);
  }

  /** Prepares a product of {@code rows} rows with weights laid out as {@code weightLayout} says. */
  private long matmul(long weightLayout, int rows) {
    long source = dnn.strided(nativeType(), new long[] {rows, inputs}, inputs, 1);
    long target = dnn.strided(targetType(), new long[] {rows, outputs}, outputs, 1);
    long matmul = dnn.matmul(source, weightLayout, target, type == DType.INT8);
    dnn.destroy("memory_desc", source);
    dnn.destroy("memory_desc", target);
    return matmul;
  }

  long matmul(int rows) {
    return matmul(layout, rows);
  }

  /** Arguments of a product of {@code rows} rows, with this matrix in its place. */
  Arguments arguments(int rows, MemorySegment x, MemorySegment y) {
    Arguments arguments = new Arguments(dnn);
    long source = dnn.strided(nativeType(), new long[] {rows, inputs}, inputs, 1);
    long target = dnn.strided(targetType(), new long[] {rows, outputs}, outputs, 1);
    arguments.add(OneDnn.SOURCE, source, x);
    arguments.add(OneDnn.TARGET, target, y);
    arguments.add(OneDnn.WEIGHTS, layout, weights);
    dnn.destroy("memory_desc", source);
    dnn.destroy("memory_desc", target);
    if (type == DType.INT8) {
      long columns = dnn.strided(OneDnn.F32, new long[] {outputs}, 1);
      arguments.add(OneDnn.WEIGHT_SCALES, columns, scales);
      dnn.destroy("memory_desc", columns);
    }
    return arguments;
  }

  private int nativeType() {
    return nativeType(type);
  }

  private static int nativeType(DType type) {
    return switch (type) {
      case FLOAT32 -> OneDnn.F32;
      case BFLOAT16 -> OneDnn.BF16;
      case INT8 -> OneDnn.S8;
      case FLOAT16, INT64, BOOL ->
        throw new TensorException(
            "products in " + type + " are not offered: choose FLOAT32, BFLOAT16 or INT8");
    };
  }

  private int targetType() {
    return resultType == DType.FLOAT32 ? OneDnn.F32 : nativeType();
  }

  /** Type of y. */
  public DType resultType() {
    return resultType;
  }

  /** Columns of y. */
  public int outputs() {
    return outputs;
  }

  /** Columns of x. */
  public int inputs() {
    return inputs;
  }

  /** What multiplies by this matrix, for one thread; the caller closes it before the matrix. */
  public Product product() {
    return new Product(dnn, this);
  }

  /** Frees the memory. Closing it again does nothing. */
  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      dnn.destroy("memory_desc", layout);
      arena.close();
    }
  }
}
