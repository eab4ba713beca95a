package dev.rowan.model;

import dev.rowan.tensor.Tensor;
import dev.rowan.tensor.WeightRows;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A safetensors file, mapped into memory for as long as anybody refers to it. Nothing is allocated before the whole header has been checked against the size of
 * the file.
 */
final class SafeTensorsFile implements TensorSource, RowSource {

  private static final long MAX_HEADER = 100L << 20;
  private static final ValueLayout.OfLong LENGTH =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Path path;
  private final MemorySegment data;
  private final Map<String, SafeTensorsHeader.Entry> entries = new LinkedHashMap<>();

  private SafeTensorsFile(Path path) throws IOException {
    this.path = path;
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      MemorySegment bytes =
          channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
      long length = headerBytes(bytes);
      data = bytes.asSlice(8 + length);
      byte[] json = bytes.asSlice(8, length).toArray(ValueLayout.JAVA_BYTE);
      SafeTensorsHeader.read(path, json, data.byteSize())
          .entries()
          .forEach(entry -> entries.put(entry.name(), entry));
    }
  }

  /**
   * Opens a file.
   *
   * @throws ModelException if it is missing, truncated or contradicts itself
   */
  static SafeTensorsFile open(Path path) {
    try {
      return new SafeTensorsFile(path);
    } catch (IOException e) {
      throw new ModelException(
          "no readable weights at " + path + ": give a Hugging Face model folder", e);
    }
  }

  private long headerBytes(MemorySegment bytes) {
    if (bytes.byteSize() < 8) {
      throw SafeTensorsHeader.broken(path, "it has " + bytes.byteSize() + " bytes");
    }
    long length = bytes.get(LENGTH, 0);
    if (length < 2 || length > MAX_HEADER || 8 + length > bytes.byteSize()) {
      throw SafeTensorsHeader.broken(
          path,
          "its header claims " + Long.toUnsignedString(length) + " of " + bytes.byteSize()
              + " bytes");
    }
    return length;
  }

  /** The tensors, in the order of the header. */
  Set<String> names() {
    return entries.keySet();
  }

  @Override
  public Tensor tensor(String name) {
    SafeTensorsHeader.Entry entry = entry(name);
    Tensor tensor = Tensor.empty(entry.dtype(), entry.shape());
    tensor.segment().copyFrom(bytes(entry));
    return tensor;
  }

  @Override
  public WeightRows rows(String name) {
    SafeTensorsHeader.Entry entry = entry(name);
    long[] shape = entry.shape();
    if (shape.length < 1 || shape.length > 2) {
      throw new ModelException("tensor '" + name + "' has " + shape.length
          + " dimensions, which no weight has (" + path + "): fetch the model again");
    }
    int outputs = shape.length == 1 ? 1 : Math.toIntExact(shape[0]);
    return WeightRows.of(
        bytes(entry), entry.dtype(), outputs, Math.toIntExact(shape[shape.length - 1]));
  }

  private SafeTensorsHeader.Entry entry(String name) {
    SafeTensorsHeader.Entry entry = entries.get(name);
    if (entry == null) {
      throw new ModelException(
          "the checkpoint lacks the tensor '" + name + "' (" + path + "): fetch the model again");
    }
    return entry;
  }

  private MemorySegment bytes(SafeTensorsHeader.Entry entry) {
    return data.asSlice(entry.start(), entry.end() - entry.start());
  }
}
