package dev.rowan.verify.code;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Puts messages together again whose bytes arrive in pieces: a length of 4 bytes, then as many bytes. */
final class Messages {

  private static final int HEAD = 4;
  private static final int MAX = 64 << 20;

  private byte[] bytes = new byte[1 << 12];
  private int size;

  void add(byte[] piece) {
    if (size + piece.length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + piece.length, 2 * bytes.length));
    }
    System.arraycopy(piece, 0, bytes, size, piece.length);
    size += piece.length;
  }

  void clear() {
    size = 0;
  }

  /** The next whole message; an empty one for a length that no honest sender names. */
  Optional<byte[]> next() {
    if (size < HEAD) {
      return Optional.empty();
    }
    int length = ByteBuffer.wrap(bytes).getInt();
    if (length <= 0 || length > MAX) {
      clear();
      return Optional.of(new byte[0]);
    }
    if (size < HEAD + length) {
      return Optional.empty();
    }
    byte[] message = Arrays.copyOfRange(bytes, HEAD, HEAD + length);
    size -= HEAD + length;
    System.arraycopy(bytes, HEAD + length, bytes, 0, size);
    return Optional.of(message);
  }
}
