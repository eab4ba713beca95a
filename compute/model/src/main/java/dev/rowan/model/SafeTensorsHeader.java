package dev.rowan.model;

import dev.rowan.tensor.DType;
import dev.rowan.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON header of a safetensors file. A header that was read has been checked: sizes and types agree with the offsets,
 * and the tensors fill the data without gaps or overlaps.
 *
 * @param entries the tensors, as the header lists them
 */
record SafeTensorsHeader(List<Entry> entries) {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final int MAX_DIMENSIONS = 64;
  private static final String METADATA = "__metadata__";

  /**
   * Where a tensor lies.
   *
   * @param name its name
   * @param dtype its element type
   * @param shape its sizes
   * @param start first byte in the data
   * @param end first byte after it
   */
  record Entry(String name, DType dtype, long[] shape, long start, long end) {}

  /**
   * Reads a header.
   *
   * @param file named in errors
   * @param json the header
   * @param dataBytes bytes that follow it
   */
  static SafeTensorsHeader read(Path file, byte[] json, long dataBytes) {
    List<Entry> entries = new ArrayList<>();
    try {
      if (!(JSON.readTree(json) instanceof ObjectNode tensors)) {
        throw broken(file, "its header is no JSON object");
      }
      tensors.properties().stream()
          .filter(tensor -> !tensor.getKey().equals(METADATA))
          .forEach(tensor -> entries.add(entry(file, tensor.getKey(), tensor.getValue())));
    } catch (JacksonException e) {
      throw broken(file, "its header is not JSON");
    }
    long end = 0;
    for (Entry entry : entries.stream()
        .sorted(Comparator.comparingLong(Entry::start).thenComparingLong(Entry::end))
        .toList()) {
      if (entry.start != end) {
        throw broken(
            file,
            "tensor '" + entry.name + "' starts at byte " + entry.start + " instead of " + end);
      }
      end = entry.end;
    }
    if (end != dataBytes) {
      throw broken(file, "its tensors take " + end + " bytes, and there are " + dataBytes);
    }
    return new SafeTensorsHeader(entries);
  }

  private static Entry entry(Path file, String name, JsonNode json) {
    String typeName = json.path("dtype").asString("");
    DType dtype = Stream.of(DType.values())
        .filter(type -> typeName(type).equals(typeName))
        .findFirst()
        .orElseThrow(() -> new ModelException("tensor '" + name + "' in " + file + " has the type '"
            + typeName + "': convert it to F32, F16 or BF16"));
    Optional<long[]> shape =
        wholeNumbers(json.path("shape")).filter(sizes -> sizes.length <= MAX_DIMENSIONS);
    Optional<long[]> offsets =
        wholeNumbers(json.path("data_offsets")).filter(pair -> pair.length == 2);
    if (shape.isEmpty() || offsets.isEmpty()) {
      throw broken(file, "tensor '" + name + "' has no shape or place");
    }
    long start = offsets.get()[0];
    long end = offsets.get()[1];
    if (end - start != bytes(dtype, shape.get())) {
      throw broken(file, "tensor '" + name + "' does not fit into bytes " + start + " to " + end);
    }
    return new Entry(name, dtype, shape.get(), start, end);
  }

  /** The numbers of an array of whole numbers that are not negative. */
  private static Optional<long[]> wholeNumbers(JsonNode json) {
    boolean whole = json.isArray()
        && json.valueStream()
            .allMatch(value -> value.isIntegralNumber() && value.canConvertToLong());
    return Optional.of(json)
        .filter(_ -> whole)
        .map(array -> array.valueStream().mapToLong(JsonNode::asLong).toArray())
        .filter(numbers -> Arrays.stream(numbers).allMatch(number -> number >= 0));
  }

  /** The size of a tensor, or -1 if it goes beyond a {@code long}. */
  private static long bytes(DType dtype, long... shape) {
    long bytes = dtype.bytes();
    long extent = bytes;
    for (long size : shape) {
      if (Math.multiplyHigh(extent, Math.max(1, size)) != 0 || extent * Math.max(1, size) < 0) {
        return -1;
      }
      extent *= Math.max(1, size);
      bytes *= size;
    }
    return bytes;
  }

  /** The header of these tensors, one after another. */
  static byte[] of(Map<String, Tensor> tensors) {
    ObjectNode header = JSON.createObjectNode();
    header.putObject(METADATA).put("format", "pt");
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      Tensor tensor = entry.getValue();
      long end = offset + tensor.count() * tensor.dtype().bytes();
      ObjectNode node = header.putObject(entry.getKey());
      node.put("dtype", typeName(tensor.dtype()));
      ArrayNode shape = node.putArray("shape");
      for (long size : tensor.shape()) {
        shape.add(size);
      }
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    return JSON.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
  }

  private static String typeName(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> "F32";
      case FLOAT16 -> "F16";
      case BFLOAT16 -> "BF16";
      case INT8 -> "I8";
      case INT64 -> "I64";
      case BOOL -> "BOOL";
    };
  }

  static ModelException broken(Path file, String how) {
    return new ModelException(
        file + " is truncated or no safetensors file: " + how + "; fetch the model again");
  }
}
