package dev.rowan.model.gguf;

import dev.rowan.model.ModelException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a GGUF header from start to end, and believes no length that the file cannot hold. */
final class GgufCursor {

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** The longest vocabularies have some 300,000 tokens and as many merges. */
  private static final long MAX_ELEMENTS = 1 << 21;

  private static final long MAX_TEXT = 1 << 24;
  private static final long MAX_HEADER = 1 << 27;

  private final Path file;
  private final MemorySegment bytes;
  private long position;
  private long elements;

  GgufCursor(Path file, MemorySegment bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  long position() {
    return position;
  }

  /** Refuses more entries than could lie in the rest of the file. */
  int count(String what, long smallestBytes, long most) {
    long count = u64();
    if (count < 0 || count > most || count > (bytes.byteSize() - position) / smallestBytes) {
      throw broken("it claims " + Long.toUnsignedString(count) + " " + what);
    }
    return (int) count;
  }

  long u32() {
    return Integer.toUnsignedLong(bytes.get(INT, take(4)));
  }

  /** As a signed number: what is beyond that is negative, and refused by whoever reads it. */
  long u64() {
    return bytes.get(LONG, take(8));
  }

  String text() {
    long length = u64();
    if (length < 0 || length > MAX_TEXT) {
      throw broken("it claims a text of " + Long.toUnsignedString(length) + " bytes");
    }
    byte[] text = bytes.asSlice(take(length), length).toArray(ValueLayout.JAVA_BYTE);
    return new String(text, StandardCharsets.UTF_8);
  }

  /** A value of a type given by its number in the format. */
  GgufValue value(long type) {
    return switch ((int) type) {
      case 0 -> new GgufValue.Whole(Byte.toUnsignedLong(bytes.get(ValueLayout.JAVA_BYTE, take(1))));
      case 1 -> new GgufValue.Whole(bytes.get(ValueLayout.JAVA_BYTE, take(1)));
      case 2 -> new GgufValue.Whole(Short.toUnsignedLong(bytes.get(SHORT, take(2))));
      case 3 -> new GgufValue.Whole(bytes.get(SHORT, take(2)));
      case 4 -> new GgufValue.Whole(u32());
      case 5 -> new GgufValue.Whole(bytes.get(INT, take(4)));
      case 6 -> new GgufValue.Real(Float.intBitsToFloat(bytes.get(INT, take(4))));
      case 7 -> new GgufValue.Truth(bytes.get(ValueLayout.JAVA_BYTE, take(1)) != 0);
      case 8 -> new GgufValue.Text(text());
      case 9 -> many();
      case 10, 11 -> new GgufValue.Whole(u64());
      case 12 -> new GgufValue.Real(Double.longBitsToDouble(u64()));
      default -> throw broken("a value has the unknown type " + type);
    };
  }

  private GgufValue many() {
    long type = u32();
    if (type == 9) {
      throw broken("it has an array of arrays");
    }
    int count = count("values in an array", 1, MAX_ELEMENTS - elements);
    elements += count;
    List<GgufValue> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(value(type));
    }
    return new GgufValue.Many(values);
  }

  private long take(long length) {
    long start = position;
    if (length > MAX_HEADER - start) {
      throw broken("its header has more than " + MAX_HEADER + " bytes");
    }
    if (length > bytes.byteSize() - start) {
      throw broken("it ends at byte " + bytes.byteSize() + ", in the middle of its header");
    }
    position += length;
    return start;
  }

  ModelException broken(String how) {
    return broken(file, how);
  }

  static ModelException broken(Path file, String how) {
    return new ModelException(
        file + " is truncated or no GGUF file: " + how + "; fetch the model again");
  }
}
