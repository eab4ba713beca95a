package dev.rowan.engine;

import dev.rowan.model.LlamaConfig;

/**
 * Keys and values of all layers, in blocks of {@value #BLOCK} positions, as fp32 or bf16. Memory for blocks is taken as
 * they are first used, in chunks.
 *
 * <p>Numbers lie in pairs: of a key, neighbouring dimensions; of values, neighbouring positions. A row of pairs is a row of
 * ints with the first number in the lower half in bf16, and two rows of fp32 bits otherwise. Rows of a block's keys are
 * [kvHead, pair, position], so that one vector instruction scores neighbouring positions, and of its values [kvHead, pair,
 * headDim].
 */
final class KvStore {

  /** Positions in a block. */
  static final int BLOCK = 16;

  /** Blocks in a chunk. */
  private static final int CHUNK = 64;

  private final int[][][] keys;
  private final int[][][] values;
  private final int kvHeads;
  private final int headDim;
  private final boolean half;
  private final int blockSize;

  /** Room for so many blocks; {@code half} for bf16. */
  KvStore(LlamaConfig config, int blocks, boolean half) {
    this.kvHeads = config.kvHeads();
    this.headDim = config.headDim();
    this.half = half;
    this.blockSize = kvHeads * headDim * BLOCK / (half ? 2 : 1);
    int chunks = (blocks + CHUNK - 1) / CHUNK;
    this.keys = new int[config.layers()][chunks][];
    this.values = new int[config.layers()][chunks][];
  }

  /** Memory that a block takes in all layers. */
  static long blockBytes(LlamaConfig config, boolean half) {
    long numbers = 2L * config.layers() * config.kvHeads() * config.headDim() * BLOCK;
    return numbers * (half ? Short.BYTES : Float.BYTES);
  }

  /** Whether numbers are bf16. */
  boolean half() {
    return half;
  }

  /** The array that holds a block's keys, from {@link #start} on. */
  int[] keys(int layer, int block) {
    return keys[layer][block / CHUNK];
  }

  /** The array that holds a block's values, from {@link #start} on. */
  int[] values(int layer, int block) {
    return values[layer][block / CHUNK];
  }

  /** Where a block's head starts in its array. */
  int start(int block, int kvHead) {
    return block % CHUNK * blockSize + kvHead * (blockSize / kvHeads);
  }

  /** Ints of a block in each of its two arrays, all heads together. */
  int blockSize() {
    return blockSize;
  }

  /** The bf16 number nearest to a float, as the upper half of its bits. */
  static short bf16(float value) {
    int bits = Float.floatToRawIntBits(value);
    return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }

  /** Writes one position's key and value of a layer, [kvHeads · headDim] each. */
  void put(int layer, int block, int position, float[] from, int key, int value) {
    if (keys[layer][block / CHUNK] == null) {
      keys[layer][block / CHUNK] = new int[CHUNK * blockSize];
      values[layer][block / CHUNK] = new int[CHUNK * blockSize];
    }
    int[] k = keys(layer, block);
    int[] v = values(layer, block);
    for (int head = 0; head < kvHeads; head++) {
      int start = start(block, head);
      int offset = head * headDim;
      if (half) {
        putHalves(k, v, start, position, from, key + offset, value + offset);
      } else {
        putFloats(k, v, start, position, from, key + offset, value + offset);
      }
    }
  }

  private void putHalves(
      int[] k, int[] v, int start, int position, float[] from, int key, int value) {
    for (int d = 0; d < headDim; d += 2) {
      int low = bf16(from[key + d]) & 0xffff;
      k[start + d / 2 * BLOCK + position] = (bf16(from[key + d + 1]) << 16) | low;
    }
    int row = start + position / 2 * headDim;
    boolean first = position % 2 == 0;
    for (int d = 0; d < headDim; d++) {
      int bits = bf16(from[value + d]);
      // The first of a pair clears the second, so that no pair holds what is no number.
      v[row + d] = first ? bits & 0xffff : (bits << 16) | (v[row + d] & 0xffff);
    }
  }

  private void putFloats(
      int[] k, int[] v, int start, int position, float[] from, int key, int value) {
    int row = start + position * headDim;
    boolean first = position % 2 == 0;
    for (int d = 0; d < headDim; d++) {
      k[start + d * BLOCK + position] = Float.floatToRawIntBits(from[key + d]);
      v[row + d] = Float.floatToRawIntBits(from[value + d]);
      if (first) {
        v[row + headDim + d] = 0;
      }
    }
  }

  /** One number of a key. */
  float key(int layer, int block, int kvHead, int position, int dimension) {
    int start = start(block, kvHead);
    return half
        ? part(keys(layer, block)[start + dimension / 2 * BLOCK + position], dimension)
        : Float.intBitsToFloat(keys(layer, block)[start + dimension * BLOCK + position]);
  }

  /** One number of a value. */
  float value(int layer, int block, int kvHead, int position, int dimension) {
    int start = start(block, kvHead);
    return half
        ? part(values(layer, block)[start + position / 2 * headDim + dimension], position)
        : Float.intBitsToFloat(values(layer, block)[start + position * headDim + dimension]);
  }

  private static float part(int pair, int index) {
    return Float.intBitsToFloat(index % 2 == 0 ? pair << 16 : pair & 0xffff0000);
  }

  /** Copies the first {@code positions} positions of a block to another, in every layer. */
  void copy(int from, int to, int positions) {
    for (int layer = 0; layer < keys.length; layer++) {
      if (keys[layer][to / CHUNK] == null) {
        keys[layer][to / CHUNK] = new int[CHUNK * blockSize];
        values[layer][to / CHUNK] = new int[CHUNK * blockSize];
      }
      int[] k = keys(layer, from);
      int[] v = values(layer, from);
      for (int head = 0; head < kvHeads; head++) {
        int source = start(from, head);
        int target = start(to, head);
        for (int row = 0; row < blockSize / kvHeads; row += BLOCK) {
          System.arraycopy(k, source + row, keys(layer, to), target + row, positions);
        }
        int pairs = half ? (positions + 1) / 2 : positions;
        System.arraycopy(v, source, values(layer, to), target, pairs * headDim);
      }
    }
  }
}
