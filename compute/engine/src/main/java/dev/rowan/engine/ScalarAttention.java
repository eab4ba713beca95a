package dev.rowan.engine;

import dev.rowan.model.LlamaConfig;

/** Attention one number at a time: for head sizes that vectors do not divide, and the yardstick of the vector kernel. */
final class ScalarAttention implements Attention {

  private final int heads;
  private final int kvHeads;
  private final int headDim;
  private final float[] shares;

  ScalarAttention(LlamaConfig config) {
    this.heads = config.heads();
    this.kvHeads = config.kvHeads();
    this.headDim = config.headDim();
    this.shares = new float[config.maxPositions()];
  }

  @Override
  public void attend(
      float[] queries,
      int queryOffset,
      KvStore.Layer store,
      int[] blocks,
      int from,
      int length,
      float[] out,
      int outOffset) {
    for (int head = 0; head < heads; head++) {
      int kvHead = head / (heads / kvHeads);
      score(queries, queryOffset + head * headDim, store.keys(), blocks, kvHead, from, length);
      double sum = normalise(from, length);
      for (int d = 0; d < headDim; d++) {
        double mixed = 0;
        for (int t = from; t < length; t++) {
          int start = start(blocks, t, kvHead) + t % KvStore.BLOCK * headDim;
          mixed += (double) shares[t] * store.values()[start + d];
        }
        out[outOffset + head * headDim + d] = (float) (mixed / sum);
      }
    }
  }

  private int start(int[] blocks, int position, int kvHead) {
    return (blocks[position / KvStore.BLOCK] * kvHeads + kvHead) * headDim * KvStore.BLOCK;
  }

  private void score(
      float[] queries, int query, float[] keys, int[] blocks, int kvHead, int from, int length) {
    float scale = (float) (1 / Math.sqrt(headDim));
    for (int t = from; t < length; t++) {
      int start = start(blocks, t, kvHead) + t % KvStore.BLOCK;
      double dot = 0;
      for (int d = 0; d < headDim; d++) {
        dot += (double) queries[query + d] * keys[start + d * KvStore.BLOCK];
      }
      shares[t] = (float) dot * scale;
    }
  }

  /** Replaces scores by exponentials relative to the largest, and returns their sum. */
  private double normalise(int from, int length) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int t = from; t < length; t++) {
      largest = Math.max(largest, shares[t]);
    }
    double sum = 0;
    for (int t = from; t < length; t++) {
      shares[t] = (float) Math.exp(shares[t] - largest);
      sum += shares[t];
    }
    return sum;
  }
}
