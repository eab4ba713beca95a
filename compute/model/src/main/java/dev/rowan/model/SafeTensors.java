package dev.rowan.model;

import dev.rowan.tensor.Scope;
import dev.rowan.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads and writes the safetensors format: eight bytes of header length, a JSON header of names, types, shapes and offsets,
 * then the bytes of all tensors.
 */
public final class SafeTensors {

  private static final long WRITE_BYTES = 1L << 30;

  private SafeTensors() {}

  /**
   * Copies of all tensors of a file by name, in the current scope. Nothing is allocated before the whole header has been
   * checked against the size of the file.
   *
   * @throws ModelException if the file is missing, truncated or contradicts itself
   */
  public static Map<String, Tensor> read(Path file) {
    SafeTensorsFile opened = SafeTensorsFile.open(file);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    opened.names().forEach(name -> tensors.put(name, opened.tensor(name)));
    return tensors;
  }

  /**
   * Writes tensors in the order of the map, under a temporary name that is renamed at the end, so that {@code file} is
   * whole or as it was. The same tensors give the same bytes.
   *
   * @throws IOException if the disk is full or the folder cannot be written
   */
  public static void write(Path file, Map<String, Tensor> tensors) throws IOException {
    byte[] json = SafeTensorsHeader.of(tensors);
    int padded = (json.length + 7) / 8 * 8;
    ByteBuffer head = ByteBuffer.allocate(8 + padded)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(padded)
        .put(json);
    while (head.hasRemaining()) {
      head.put((byte) ' ');
    }
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      try (FileChannel channel = FileChannel.open(
          temporary,
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE)) {
        writeFully(channel, head.flip());
        for (Tensor tensor : tensors.values()) {
          writeFully(channel, tensor);
        }
        channel.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** In pieces, because a buffer holds less than 2 GiB. */
  private static void writeFully(FileChannel channel, Tensor tensor) throws IOException {
    try (Scope _ = Scope.open()) {
      MemorySegment bytes = tensor.contiguous().segment();
      for (long start = 0; start < bytes.byteSize(); start += WRITE_BYTES) {
        long length = Math.min(WRITE_BYTES, bytes.byteSize() - start);
        writeFully(channel, bytes.asSlice(start, length).asByteBuffer());
      }
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
