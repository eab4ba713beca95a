package dev.rowan.engine;

import dev.rowan.model.LlamaConfig;

/**
 * Attention of one token over its own context. The result is a function of the query and the context alone, to the last
 * bit. Not safe for use by several threads.
 */
interface Attention {

  /**
   * Attends from all heads of one row.
   *
   * @param queries rotated queries of many rows
   * @param queryOffset where this row's [heads · headDim] starts
   * @param store keys and values of the layer
   * @param blocks the context's blocks, in order
   * @param from the first position that the row sees
   * @param length positions in the context, the row's own included
   * @param out receives [heads · headDim] at {@code outOffset}
   * @param outOffset where
   */
  void attend(
      float[] queries,
      int queryOffset,
      KvStore.Layer store,
      int[] blocks,
      int from,
      int length,
      float[] out,
      int outOffset);

  /** The fastest kernel for a model's head size on this machine. */
  static Attention forModel(LlamaConfig config) {
    return config.headDim() % VectorAttention.LANES == 0
            && KvStore.BLOCK % VectorAttention.LANES == 0
        ? new VectorAttention(config)
        : new ScalarAttention(config);
  }
}
