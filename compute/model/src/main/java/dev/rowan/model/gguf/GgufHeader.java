package dev.rowan.model.gguf;

import dev.rowan.model.ModelException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a GGUF file says before its numbers. A header that was read has been checked: every tensor lies inside the file,
 * and none over another.
 *
 * @param metadata values by key
 * @param tensors tensors by name
 */
record GgufHeader(Map<String, GgufValue> metadata, Map<String, Entry> tensors) {

  private static final long MAGIC = 0x46554747;
  private static final int MAX_ENTRIES = 1 << 16;
  private static final int MAX_DIMENSIONS = 4;
  private static final int MAX_NAME = 255;
  private static final long MAX_ALIGNMENT = 1 << 20;

  /**
   * Where a tensor lies.
   *
   * @param name its name
   * @param type how its numbers are packed
   * @param columns length of a row, a multiple of the type's blocks
   * @param rows number of rows; 1 for a vector
   * @param dimensions how many there are
   * @param start first byte in the file
   */
  record Entry(String name, GgufType type, long columns, long rows, int dimensions, long start) {

    /** Bytes of a row. */
    long rowBytes() {
      return columns / type.block() * type.bytes();
    }

    long end() {
      return start + rows * rowBytes();
    }
  }

  /** Reads the header of a mapped file. */
  static GgufHeader read(Path file, MemorySegment bytes) {
    GgufCursor cursor = new GgufCursor(file, bytes);
    long magic = cursor.u32();
    long version = cursor.u32();
    if (magic != MAGIC || (version != 2 && version != 3)) {
      throw cursor.broken("it starts with " + Long.toHexString(magic) + " and version " + version
          + ", not with GGUF and version 2 or 3");
    }
    int tensorCount = cursor.count("tensors", 24, MAX_ENTRIES);
    int valueCount = cursor.count("values", 13, MAX_ENTRIES);
    Map<String, GgufValue> metadata = new LinkedHashMap<>();
    for (int i = 0; i < valueCount; i++) {
      String key = cursor.text();
      metadata.put(key, cursor.value(cursor.u32()));
    }
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < tensorCount; i++) {
      entries.add(entry(cursor));
    }
    long alignment = alignment(metadata, cursor);
    long data = (cursor.position() + alignment - 1) / alignment * alignment;
    return new GgufHeader(metadata, placed(entries, data, alignment, bytes.byteSize(), cursor));
  }

  private static long alignment(Map<String, GgufValue> metadata, GgufCursor cursor) {
    if (!(metadata.get("general.alignment") instanceof GgufValue.Whole(long alignment))) {
      return 32;
    }
    if (alignment < 1 || alignment > MAX_ALIGNMENT || Long.bitCount(alignment) != 1) {
      throw cursor.broken("it claims an alignment of " + alignment);
    }
    return alignment;
  }

  private static Entry entry(GgufCursor cursor) {
    String name = cursor.text();
    if (name.isEmpty() || name.length() > MAX_NAME) {
      throw cursor.broken("a tensor has a name of " + name.length() + " characters");
    }
    long dimensions = cursor.u32();
    if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
      throw cursor.broken("tensor '" + name + "' claims " + dimensions + " dimensions");
    }
    long columns = cursor.u64();
    long rows = 1;
    for (int i = 1; i < dimensions; i++) {
      long size = cursor.u64();
      if (size < 1 || size > Integer.MAX_VALUE || rows > Integer.MAX_VALUE / size) {
        throw cursor.broken("tensor '" + name + "' claims a size of " + size);
      }
      rows *= size;
    }
    long number = cursor.u32();
    GgufType type = GgufType.of(number)
        .orElseThrow(() -> new ModelException("tensor '" + name + "' has the type "
            + GgufType.nameOf(number) + ", which Rowan cannot read: take another quantisation, such"
            + " as Q8_0 or Q4_K_M"));
    if (columns < 1 || columns > Integer.MAX_VALUE || columns % type.block() != 0) {
      throw cursor.broken(
          "tensor '" + name + "' claims rows of " + columns + " numbers of type " + type);
    }
    return new Entry(name, type, columns, rows, (int) dimensions, cursor.u64());
  }

  /** The entries by name, at their places in the file. */
  private static Map<String, Entry> placed(
      List<Entry> entries, long data, long alignment, long fileBytes, GgufCursor cursor) {
    Map<String, Entry> placed = new LinkedHashMap<>();
    long previousEnd = data;
    for (Entry entry :
        entries.stream().sorted(Comparator.comparingLong(Entry::start)).toList()) {
      long offset = entry.start;
      if (offset < 0 || offset % alignment != 0 || offset > fileBytes - data) {
        throw cursor.broken("tensor '" + entry.name + "' claims to start at byte "
            + Long.toUnsignedString(offset) + " of the data");
      }
      Entry there = new Entry(
          entry.name, entry.type, entry.columns, entry.rows, entry.dimensions, data + offset);
      if (there.rows > (fileBytes - there.start) / there.rowBytes()) {
        throw cursor.broken("tensor '" + entry.name + "' of " + there.rows + " rows of "
            + there.rowBytes() + " bytes goes beyond the end");
      }
      if (there.start < previousEnd) {
        throw cursor.broken("tensor '" + entry.name + "' lies over another");
      }
      if (placed.put(entry.name, there) != null) {
        throw cursor.broken("there are two tensors '" + entry.name + "'");
      }
      previousEnd = there.end();
    }
    return placed;
  }
}
