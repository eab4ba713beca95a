package dev.rowan.model.gguf;

/**
 * Unpacks single blocks of llama.cpp's formats. Scales and offsets are fp16; the K formats have a super-block of 256 numbers
 * whose parts have small scales of their own.
 */
final class Blocks {

  private Blocks() {}

  private static int u8(byte[] bytes, int at) {
    return bytes[at] & 0xFF;
  }

  private static int u16(byte[] bytes, int at) {
    return u8(bytes, at) | u8(bytes, at + 1) << 8;
  }

  private static int i32(byte[] bytes, int at) {
    return u16(bytes, at) | u16(bytes, at + 2) << 16;
  }

  private static float half(byte[] bytes, int at) {
    return Float.float16ToFloat((short) u16(bytes, at));
  }

  private static int bit(int bits, int i) {
    return (bits >>> i) & 1;
  }

  static void f32(byte[] bytes, int in, float[] numbers, int out) {
    numbers[out] = Float.intBitsToFloat(i32(bytes, in));
  }

  static void f16(byte[] bytes, int in, float[] numbers, int out) {
    numbers[out] = half(bytes, in);
  }

  static void bf16(byte[] bytes, int in, float[] numbers, int out) {
    numbers[out] = Float.intBitsToFloat(u16(bytes, in) << 16);
  }

  /** 8 bits: scale · q. */
  static void q8Zero(byte[] bytes, int in, float[] numbers, int out) {
    float scale = half(bytes, in);
    for (int i = 0; i < 32; i++) {
      numbers[out + i] = scale * bytes[in + 2 + i];
    }
  }

  /** 4 bits: scale · (q - 8). A byte holds number i in its low half and i + 16 in its high half. */
  static void q4Zero(byte[] bytes, int in, float[] numbers, int out) {
    float scale = half(bytes, in);
    for (int i = 0; i < 16; i++) {
      int pair = u8(bytes, in + 2 + i);
      numbers[out + i] = scale * ((pair & 15) - 8);
      numbers[out + 16 + i] = scale * ((pair >> 4) - 8);
    }
  }

  /** 4 bits: scale · q + least. */
  static void q4One(byte[] bytes, int in, float[] numbers, int out) {
    float scale = half(bytes, in);
    float least = half(bytes, in + 2);
    for (int i = 0; i < 16; i++) {
      int pair = u8(bytes, in + 4 + i);
      numbers[out + i] = scale * (pair & 15) + least;
      numbers[out + 16 + i] = scale * (pair >> 4) + least;
    }
  }

  /** 5 bits: scale · (q - 16). The fifth bits of all numbers stand together in four bytes. */
  static void q5Zero(byte[] bytes, int in, float[] numbers, int out) {
    float scale = half(bytes, in);
    int fifth = i32(bytes, in + 2);
    for (int i = 0; i < 16; i++) {
      int pair = u8(bytes, in + 6 + i);
      numbers[out + i] = scale * (((pair & 15) | bit(fifth, i) << 4) - 16);
      numbers[out + 16 + i] = scale * ((pair >> 4 | bit(fifth, 16 + i) << 4) - 16);
    }
  }

  /** 5 bits: scale · q + least. */
  static void q5One(byte[] bytes, int in, float[] numbers, int out) {
    float scale = half(bytes, in);
    float least = half(bytes, in + 2);
    int fifth = i32(bytes, in + 4);
    for (int i = 0; i < 16; i++) {
      int pair = u8(bytes, in + 8 + i);
      numbers[out + i] = scale * ((pair & 15) | bit(fifth, i) << 4) + least;
      numbers[out + 16 + i] = scale * (pair >> 4 | bit(fifth, 16 + i) << 4) + least;
    }
  }

  /** The 6-bit scale of part {@code i} of eight, from twelve bytes. */
  private static int scale(byte[] bytes, int at, int i) {
    return i < 4
        ? u8(bytes, at + i) & 63
        : (u8(bytes, at + i + 4) & 15) | u8(bytes, at + i - 4) >> 6 << 4;
  }

  /** The 6-bit offset of part {@code i} of eight, from the same twelve bytes. */
  private static int offset(byte[] bytes, int at, int i) {
    return i < 4
        ? u8(bytes, at + i + 4) & 63
        : u8(bytes, at + i + 4) >> 4 | u8(bytes, at + i) >> 6 << 4;
  }

  /** 4 bits: scale · part scale · q - least · part offset, in parts of 32. */
  static void q4K(byte[] bytes, int in, float[] numbers, int out) {
    kBits(bytes, in, in + 16, -1, numbers, out);
  }

  /** 5 bits: as {@link #q4K}, with the fifth bits of number i of every part in byte i of 32. */
  static void q5K(byte[] bytes, int in, float[] numbers, int out) {
    kBits(bytes, in, in + 48, in + 16, numbers, out);
  }

  private static void kBits(byte[] bytes, int in, int pairs, int fifths, float[] numbers, int out) {
    float scale = half(bytes, in);
    float least = half(bytes, in + 2);
    for (int part = 0; part < 8; part++) {
      float partScale = scale * scale(bytes, in + 4, part);
      float partLeast = least * offset(bytes, in + 4, part);
      int shift = part % 2 * 4;
      for (int i = 0; i < 32; i++) {
        int low = (u8(bytes, pairs + part / 2 * 32 + i) >> shift) & 15;
        int fifth = fifths < 0 ? 0 : bit(u8(bytes, fifths + i), part);
        numbers[out + part * 32 + i] = partScale * (low | fifth << 4) - partLeast;
      }
    }
  }

  /** 6 bits: scale · part scale · (q - 32), in parts of 16; four low bits first, two high bits after all of them. */
  static void q6K(byte[] bytes, int in, float[] numbers, int out) {
    float scale = half(bytes, in + 208);
    for (int i = 0; i < 256; i++) {
      // Two halves of 128 numbers; in each, four runs of 32 share their bytes.
      int half = i / 128;
      int run = i / 32 % 4;
      int low = (u8(bytes, in + half * 64 + run % 2 * 32 + i % 32) >> (run / 2 * 4)) & 15;
      int high = (u8(bytes, in + 128 + half * 32 + i % 32) >> (run * 2)) & 3;
      numbers[out + i] = scale * bytes[in + 192 + i / 16] * ((low | high << 4) - 32);
    }
  }
}
