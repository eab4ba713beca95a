package dev.rowan.engine;

import dev.rowan.model.LlamaConfig;

/** Attention one number at a time: for head sizes that vectors do not divide, and the yardstick of the vector kernel. */
final class ScalarAttention implements Attention {

  private final KvStore store;
  private final int heads;
  private final int kvHeads;
  private final int headDim;
  private float[] shares = new float[0];

  ScalarAttention(LlamaConfig config, KvStore store) {
    this.store = store;
    this.heads = config.heads();
    this.kvHeads = config.kvHeads();
    this.headDim = config.headDim();
  }

  @Override
  public void attend(int layer, Span span, int window, float[] queries, int stride, float[] out) {
    for (int i = 0; i < span.count(); i++) {
      int length = span.length(i);
      int from = Math.max(0, length - window);
      int row = span.row() + i;
      shares = shares.length >= length ? shares : new float[2 * length];
      for (int head = 0; head < heads; head++) {
        int kvHead = head / (heads / kvHeads);
        score(queries, row * stride + head * headDim, layer, span.blocks(), kvHead, from, length);
        double sum = normalise(from, length);
        for (int d = 0; d < headDim; d++) {
          double mixed = 0;
          for (int t = from; t < length; t++) {
            int block = span.blocks()[t / KvStore.BLOCK];
            mixed += (double) shares[t] * store.value(layer, block, kvHead, t % KvStore.BLOCK, d);
          }
          out[(row * heads + head) * headDim + d] = (float) (mixed / sum);
        }
      }
    }
  }

  private void score(
      float[] queries, int query, int layer, int[] blocks, int kvHead, int from, int length) {
    for (int t = from; t < length; t++) {
      int block = blocks[t / KvStore.BLOCK];
      double dot = 0;
      for (int d = 0; d < headDim; d++) {
        dot += (double) queries[query + d] * store.key(layer, block, kvHead, t % KvStore.BLOCK, d);
      }
      shares[t] = (float) dot;
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
