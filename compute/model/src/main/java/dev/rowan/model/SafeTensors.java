package dev.rowan.model;

import dev.rowan.tensor.DType;
import dev.rowan.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes the safetensors format: eight bytes of header length, a JSON header of names, types, shapes and offsets,
 * then the bytes of all tensors.
 */
public final class SafeTensors {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long MAX_HEADER = 100L << 20;

  private SafeTensors() {}

  /**
   * Copies of all tensors of a file by name, in the current scope.
   *
   * @throws ModelException if the file is missing, truncated or contradicts itself
   */
  public static Map<String, Tensor> read(Path file) {
    try (Arena arena = Arena.ofConfined();
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      if (bytes.byteSize() < 8) {
        throw broken(file, "it has " + bytes.byteSize() + " bytes");
      }
      long header =
          bytes.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0);
      if (header < 2 || header > MAX_HEADER || 8 + header > bytes.byteSize()) {
        throw broken(file, "its header claims " + header + " of " + bytes.byteSize() + " bytes");
      }
      byte[] json = bytes.asSlice(8, header).toArray(ValueLayout.JAVA_BYTE);
      MemorySegment data = bytes.asSlice(8 + header);
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> entry : JSON.readTree(json).properties()) {
        if (!entry.getKey().equals("__metadata__")) {
          tensors.put(entry.getKey(), tensor(file, entry.getKey(), entry.getValue(), data));
        }
      }
      return tensors;
    } catch (JacksonException e) {
      throw broken(file, "its header is not JSON");
    } catch (IOException e) {
      throw new ModelException(
          "no readable weights at " + file + ": give a Hugging Face model folder", e);
    }
  }

  private static Tensor tensor(Path file, String name, JsonNode entry, MemorySegment data) {
    DType dtype =
        switch (entry.path("dtype").asString("")) {
          case "F32" -> DType.FLOAT32;
          case "F16" -> DType.FLOAT16;
          case "BF16" -> DType.BFLOAT16;
          case "I64" -> DType.INT64;
          default -> throw broken(file, "tensor '" + name + "' has type " + entry.path("dtype"));
        };
    long[] shape = new long[entry.path("shape").size()];
    long bytes = dtype.bytes();
    for (int i = 0; i < shape.length; i++) {
      shape[i] = entry.path("shape").get(i).asLong(-1);
      if (shape[i] < 0 || shape[i] > data.byteSize()) {
        throw broken(file, "tensor '" + name + "' has size " + shape[i]);
      }
      bytes = Math.multiplyExact(bytes, shape[i]);
    }
    long start = entry.path("data_offsets").path(0).asLong(-1);
    long end = entry.path("data_offsets").path(1).asLong(-1);
    if (start < 0 || end > data.byteSize() || end - start != bytes) {
      throw broken(
          file,
          "tensor '" + name + "' lies at " + start + ".." + end + " of " + data.byteSize()
              + " bytes");
    }
    Tensor tensor = Tensor.empty(dtype, shape);
    tensor.segment().copyFrom(data.asSlice(start, bytes));
    return tensor;
  }

  private static ModelException broken(Path file, String how) {
    return new ModelException(
        file + " is truncated or no safetensors file: " + how + "; fetch the model again");
  }

  /**
   * Writes tensors in the order of the map, under a temporary name that is renamed at the end. The same tensors give the
   * same bytes.
   *
   * @throws IOException if the disk is full or the folder cannot be written
   */
  public static void write(Path file, Map<String, Tensor> tensors) throws IOException {
    ObjectNode header = JSON.createObjectNode();
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      Tensor tensor = entry.getValue();
      long bytes = tensor.count() * tensor.dtype().bytes();
      ObjectNode node = header.putObject(entry.getKey());
      node.put("dtype", typeName(tensor.dtype()));
      var shape = node.putArray("shape");
      for (long size : tensor.shape()) {
        shape.add(size);
      }
      node.putArray("data_offsets").add(offset).add(offset + bytes);
      offset += bytes;
    }
    byte[] json = JSON.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
    int padded = (json.length + 7) / 8 * 8;
    ByteBuffer head = ByteBuffer.allocate(8 + padded)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(padded)
        .put(json);
    while (head.hasRemaining()) {
      head.put((byte) ' ');
    }
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try (FileChannel channel = FileChannel.open(
        temporary,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE)) {
      writeFully(channel, head.flip());
      for (Tensor tensor : tensors.values()) {
        writeFully(channel, tensor.contiguous().segment().asByteBuffer());
      }
      channel.force(true);
    }
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static String typeName(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> "F32";
      case FLOAT16 -> "F16";
      case BFLOAT16 -> "BF16";
      case INT64 -> "I64";
      case BOOL -> "BOOL";
    };
  }
}
