package dev.rowan.model.gguf;

import java.util.Arrays;
import java.util.Optional;

/** How the numbers of a tensor are packed: in blocks that share a scale, each number in a few bits. */
enum GgufType {
  F32(0, 1, 4),
  F16(1, 1, 2),
  Q4_0(2, 32, 18),
  Q4_1(3, 32, 20),
  Q5_0(6, 32, 22),
  Q5_1(7, 32, 24),
  Q8_0(8, 32, 34),
  Q4_K(12, 256, 144),
  Q5_K(13, 256, 176),
  Q6_K(14, 256, 210),
  BF16(30, 1, 2);

  private final int number;
  private final int block;
  private final int bytes;

  GgufType(int number, int block, int bytes) {
    this.number = number;
    this.block = block;
    this.bytes = bytes;
  }

  /** Numbers in a block. */
  int block() {
    return block;
  }

  /** Bytes of a block. */
  int bytes() {
    return bytes;
  }

  /** Unpacks all blocks of {@code packed} to the start of {@code numbers}. */
  void unpack(byte[] packed, float[] numbers) {
    int blocks = packed.length / bytes;
    for (int i = 0; i < blocks; i++) {
      unpackBlock(packed, i * bytes, numbers, i * block);
    }
  }

  /** Unpacks the block that starts at {@code in} of {@code packed} to {@code numbers}, from {@code out} on. */
  private void unpackBlock(byte[] packed, int in, float[] numbers, int out) {
    switch (this) {
      case F32 -> Blocks.f32(packed, in, numbers, out);
      case F16 -> Blocks.f16(packed, in, numbers, out);
      case Q4_0 -> Blocks.q4Zero(packed, in, numbers, out);
      case Q4_1 -> Blocks.q4One(packed, in, numbers, out);
      case Q5_0 -> Blocks.q5Zero(packed, in, numbers, out);
      case Q5_1 -> Blocks.q5One(packed, in, numbers, out);
      case Q8_0 -> Blocks.q8Zero(packed, in, numbers, out);
      case Q4_K -> Blocks.q4K(packed, in, numbers, out);
      case Q5_K -> Blocks.q5K(packed, in, numbers, out);
      case Q6_K -> Blocks.q6K(packed, in, numbers, out);
      case BF16 -> Blocks.bf16(packed, in, numbers, out);
    }
  }

  static Optional<GgufType> of(long number) {
    return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
  }

  /** What llama.cpp calls a type that Rowan does not read. */
  static String nameOf(long number) {
    return switch ((int) number) {
      case 9 -> "Q8_1";
      case 10 -> "Q2_K";
      case 11 -> "Q3_K";
      case 15 -> "Q8_K";
      case 16, 17, 18, 19, 20, 21, 22, 23, 29 -> "IQ (number " + number + ")";
      default -> "number " + number;
    };
  }
}
