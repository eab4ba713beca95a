package dev.rowan.engine;

import dev.rowan.model.LlamaConfig;

/**
 * Keys and values of all layers, in blocks of {@value #BLOCK} positions. Keys lie transposed, [block, kvHead, headDim,
 * position], so that one vector instruction scores neighbouring positions; values lie [block, kvHead, position, headDim].
 */
final class KvStore {

  /** Positions in a block. */
  static final int BLOCK = 16;

  /**
   * One layer's memory.
   *
   * @param keys [block, kvHead, headDim, position]
   * @param values [block, kvHead, position, headDim]
   */
  record Layer(float[] keys, float[] values) {}

  private final Layer[] layers;
  private final int kvHeads;
  private final int headDim;

  KvStore(LlamaConfig config, int blocks) {
    this.kvHeads = config.kvHeads();
    this.headDim = config.headDim();
    this.layers = new Layer[config.layers()];
    int size = Math.multiplyExact(blocks, blockSize());
    for (int i = 0; i < layers.length; i++) {
      layers[i] = new Layer(new float[size], new float[size]);
    }
  }

  private int blockSize() {
    return kvHeads * headDim * BLOCK;
  }

  Layer layer(int i) {
    return layers[i];
  }

  /** Writes one position's key and value, [kvHeads · headDim] each, of a layer. */
  void put(
      int layer,
      int block,
      int position,
      float[] key,
      int keyOffset,
      float[] value,
      int valueOffset) {
    float[] keys = layers[layer].keys;
    float[] values = layers[layer].values;
    for (int head = 0; head < kvHeads; head++) {
      int start = block * blockSize() + head * headDim * BLOCK;
      for (int d = 0; d < headDim; d++) {
        keys[start + d * BLOCK + position] = key[keyOffset + head * headDim + d];
      }
      System.arraycopy(
          value, valueOffset + head * headDim, values, start + position * headDim, headDim);
    }
  }

  /** Copies the first {@code positions} positions of a block to another, in every layer. */
  void copy(int from, int to, int positions) {
    int size = blockSize();
    for (Layer layer : layers) {
      for (int row = 0; row < kvHeads * headDim; row++) {
        System.arraycopy(
            layer.keys, from * size + row * BLOCK, layer.keys, to * size + row * BLOCK, positions);
      }
      for (int head = 0; head < kvHeads; head++) {
        int start = head * headDim * BLOCK;
        System.arraycopy(
            layer.values,
            from * size + start,
            layer.values,
            to * size + start,
            positions * headDim);
      }
    }
  }
}
