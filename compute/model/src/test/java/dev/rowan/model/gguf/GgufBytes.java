package dev.rowan.model.gguf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes GGUF files byte by byte, honest or not. */
final class GgufBytes {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  static GgufBytes header(long tensors, long values) {
    return new GgufBytes().u32(0x46554747).u32(3).u64(tensors).u64(values);
  }

  GgufBytes u32(long value) {
    bytes.writeBytes(ByteBuffer.allocate(4)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((int) value)
        .array());
    return this;
  }

  GgufBytes u64(long value) {
    bytes.writeBytes(
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
    return this;
  }

  GgufBytes text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    u64(utf8.length);
    bytes.writeBytes(utf8);
    return this;
  }

  GgufBytes value(String key, long type) {
    return text(key).u32(type);
  }

  GgufBytes tensor(String name, long type, long offset, long... sizes) {
    text(name).u32(sizes.length);
    for (long size : sizes) {
      u64(size);
    }
    return u32(type).u64(offset);
  }

  GgufBytes zeros(int count) {
    bytes.writeBytes(new byte[count]);
    return this;
  }

  /** Fills up to the next multiple of 32. */
  GgufBytes aligned() {
    return zeros((32 - bytes.size() % 32) % 32);
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }
}
