package dev.rowan.model.gguf;

import dev.rowan.model.ModelException;
import dev.rowan.tensor.DType;
import dev.rowan.tensor.Tensor;
import dev.rowan.tensor.WeightRows;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * A GGUF file, mapped into memory for as long as anybody refers to it. Opening reads and checks the header only; whatever it claims, nothing of that size is
 * allocated. Safe for use by any number of threads.
 */
final class GgufFile {

  /** Numbers unpacked at a time by one thread. */
  private static final int CHUNK = 1 << 18;

  private final Path path;
  private final MemorySegment bytes;
  private final GgufHeader header;

  private GgufFile(Path path, MemorySegment bytes) {
    this.path = path;
    this.bytes = bytes;
    this.header = GgufHeader.read(path, bytes);
  }

  /**
   * Opens a file.
   *
   * @throws ModelException if it is missing, truncated or contradicts itself
   */
  static GgufFile open(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return new GgufFile(
          path, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto()));
    } catch (IOException e) {
      throw new ModelException("no readable GGUF file at " + path + ": fetch the model again", e);
    }
  }

  Path path() {
    return path;
  }

  Optional<GgufValue> value(String key) {
    return Optional.ofNullable(header.metadata().get(key));
  }

  Set<String> keys() {
    return header.metadata().keySet();
  }

  Set<String> tensors() {
    return header.tensors().keySet();
  }

  boolean has(String tensor) {
    return header.tensors().containsKey(tensor);
  }

  /** A tensor's rows, unpacked to fp32 as they are read; row {@code i} is the file's {@code order(i)}. */
  WeightRows rows(String name, IntUnaryOperator order) {
    GgufHeader.Entry entry = header.tensors().get(name);
    if (entry == null) {
      throw new ModelException(path + " lacks the tensor '" + name + "': fetch the model again");
    }
    return new Rows(bytes, entry, order);
  }

  private record Rows(MemorySegment bytes, GgufHeader.Entry entry, IntUnaryOperator order)
      implements WeightRows {

    @Override
    public int outputs() {
      return Math.toIntExact(entry.rows());
    }

    @Override
    public int inputs() {
      return Math.toIntExact(entry.columns());
    }

    @Override
    public void read(int i, float[] to) {
      byte[] packed = new byte[Math.toIntExact(entry.rowBytes())];
      long start = entry.start() + order.applyAsInt(i) * entry.rowBytes();
      MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, start, packed, 0, packed.length);
      entry.type().unpack(packed, to);
    }
  }

  /** A tensor's numbers in fp32, in the current scope: [columns] or [rows, columns]. */
  Tensor tensor(String name) {
    return tensor(name, row -> row);
  }

  /** A tensor whose row {@code i} is row {@code order(i)} of the file's. */
  Tensor tensor(String name, IntUnaryOperator order) {
    WeightRows from = rows(name, order);
    int columns = from.inputs();
    int rows = from.outputs();
    Tensor tensor = Objects.requireNonNull(header.tensors().get(name)).dimensions() == 1
        ? Tensor.empty(DType.FLOAT32, columns)
        : Tensor.empty(DType.FLOAT32, rows, columns);
    MemorySegment numbers = tensor.segment();
    int chunk = Math.max(1, CHUNK / columns);
    IntStream.range(0, (rows + chunk - 1) / chunk).parallel().forEach(part -> {
      float[] row = new float[columns];
      for (int i = part * chunk; i < Math.min(rows, (part + 1) * chunk); i++) {
        from.read(i, row);
        MemorySegment.copy(
            row, 0, numbers, ValueLayout.JAVA_FLOAT, i * (long) columns * Float.BYTES, columns);
      }
    });
    return tensor;
  }
}
