package dev.rowan.model.gguf;

import dev.rowan.model.ModelException;
import dev.rowan.tensor.DType;
import dev.rowan.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * A GGUF file, mapped into memory. Opening reads and checks the header only; whatever it claims, nothing of that size is
 * allocated. Safe for use by any number of threads until it is closed.
 */
final class GgufFile implements AutoCloseable {

  /** Numbers unpacked at a time by one thread. */
  private static final int CHUNK = 1 << 18;

  private final Path path;
  private final Arena arena;
  private final MemorySegment bytes;
  private final GgufHeader header;

  private GgufFile(Path path, Arena arena, MemorySegment bytes) {
    this.path = path;
    this.arena = arena;
    this.bytes = bytes;
    this.header = GgufHeader.read(path, bytes);
  }

  /**
   * Opens a file.
   *
   * @throws ModelException if it is missing, truncated or contradicts itself
   */
  static GgufFile open(Path path) {
    Arena arena = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      return new GgufFile(path, arena, bytes);
    } catch (IOException e) {
      arena.close();
      throw new ModelException("no readable GGUF file at " + path + ": fetch the model again", e);
    } catch (ModelException e) {
      arena.close();
      throw e;
    }
  }

  Path path() {
    return path;
  }

  Optional<GgufValue> value(String key) {
    return Optional.ofNullable(header.metadata().get(key));
  }

  boolean has(String tensor) {
    return header.tensors().containsKey(tensor);
  }

  /** A tensor's numbers in fp32, in the current scope: [columns] or [rows, columns]. */
  Tensor tensor(String name) {
    return tensor(name, row -> row);
  }

  /** A tensor whose row {@code i} is row {@code order(i)} of the file's. */
  Tensor tensor(String name, IntUnaryOperator order) {
    GgufHeader.Entry entry = header.tensors().get(name);
    if (entry == null) {
      throw new ModelException(path + " lacks the tensor '" + name + "': fetch the model again");
    }
    int columns = Math.toIntExact(entry.columns());
    int rows = Math.toIntExact(entry.rows());
    Tensor tensor = entry.dimensions() == 1
        ? Tensor.empty(DType.FLOAT32, columns)
        : Tensor.empty(DType.FLOAT32, rows, columns);
    MemorySegment numbers = tensor.segment();
    int chunk = Math.max(1, CHUNK / columns);
    IntStream.range(0, (rows + chunk - 1) / chunk).parallel().forEach(i -> {
      byte[] packed = new byte[Math.toIntExact(entry.rowBytes())];
      float[] row = new float[columns];
      for (int r = i * chunk; r < Math.min(rows, (i + 1) * chunk); r++) {
        long start = entry.start() + order.applyAsInt(r) * entry.rowBytes();
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, start, packed, 0, packed.length);
        entry.type().unpack(packed, row);
        MemorySegment.copy(
            row, 0, numbers, ValueLayout.JAVA_FLOAT, r * (long) columns * Float.BYTES, columns);
      }
    });
    return tensor;
  }

  @Override
  public void close() {
    arena.close();
  }
}
