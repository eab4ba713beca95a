package dev.rowan.engine;

import static dev.rowan.engine.VectorMath.LANES;

import dev.rowan.model.LlamaConfig;
import java.util.Arrays;

/**
 * Attention one query and one number at a time, added up in the order of {@link VectorAttention}, with the same result to
 * the last bit: for head sizes that vectors do not divide, and until vector operations are compiled.
 */
final class PlainAttention implements Attention {

  private final KvStore store;
  private final int heads;
  private final int kvHeads;
  private final int headDim;
  private final boolean rounds;
  private final float[] lanes = new float[LANES];
  private final float[] even;
  private final float[] odd;
  private float[] shares = new float[0];

  PlainAttention(LlamaConfig config, KvStore store, boolean rounds) {
    this.store = store;
    this.heads = config.heads();
    this.kvHeads = config.kvHeads();
    this.headDim = config.headDim();
    this.rounds = rounds;
    this.even = new float[headDim];
    this.odd = new float[headDim];
  }

  @Override
  public void attend(int layer, Span span, int window, float[] queries, int stride, float[] out) {
    for (int i = 0; i < span.count(); i++) {
      int end = span.length(i);
      int begin = Math.max(0, end - window);
      int row = span.row() + i;
      shares = shares.length >= end ? shares : new float[2 * end];
      for (int head = 0; head < heads; head++) {
        int kvHead = head / (heads / kvHeads);
        for (int t = begin; t < end; t++) {
          shares[t] = score(queries, row * stride + head * headDim, layer, span, kvHead, t);
        }
        float factor = normalise(begin, end);
        Arrays.fill(even, 0);
        Arrays.fill(odd, 0);
        for (int t = begin; t < end; t++) {
          mix(layer, span.blocks()[t / KvStore.BLOCK], kvHead, t);
        }
        int target = (row * heads + head) * headDim;
        for (int d = 0; d < headDim; d++) {
          out[target + d] = (even[d] + odd[d]) * factor;
        }
      }
    }
  }

  /** The dot product of a query with a key: even dimensions, and odd ones. */
  private float score(float[] queries, int query, int layer, Span span, int kvHead, int t) {
    int block = span.blocks()[t / KvStore.BLOCK];
    int[] keys = store.keys(layer, block);
    int at = store.start(block, kvHead) + t % KvStore.BLOCK;
    float first = 0;
    float second = 0;
    if (store.half()) {
      for (int d = 0; d < headDim; d += 2, at += KvStore.BLOCK) {
        first = Math.fma(low(keys[at]), queries[query + d], first);
        second = Math.fma(high(keys[at]), queries[query + d + 1], second);
      }
    } else {
      for (int d = 0; d < headDim; d += 2, at += 2 * KvStore.BLOCK) {
        first = Math.fma(Float.intBitsToFloat(keys[at]), queries[query + d], first);
        second = Math.fma(
            Float.intBitsToFloat(keys[at + KvStore.BLOCK]), queries[query + d + 1], second);
      }
    }
    float score = first + second;
    return rounds ? VectorMath.roundToHalf(score) : score;
  }

  private static float low(int pair) {
    return Float.intBitsToFloat(pair << 16);
  }

  private static float high(int pair) {
    return Float.intBitsToFloat(pair & 0xffff0000);
  }

  /** Replaces scores by exponentials relative to the largest, and returns what makes shares of them. */
  private float normalise(int begin, int end) {
    float top = Float.NEGATIVE_INFINITY;
    for (int t = begin; t < end; t++) {
      top = Math.max(top, shares[t]);
    }
    Arrays.fill(lanes, 0);
    for (int t = begin; t < end; t++) {
      shares[t] = VectorMath.exp(shares[t] - top);
      lanes[t % LANES] += shares[t];
    }
    float sum = 0;
    for (float lane : lanes) {
      sum += lane;
    }
    float factor = 1 / sum;
    if (!rounds) {
      return factor;
    }
    for (int t = begin; t < end; t++) {
      shares[t] = VectorMath.roundToHalf(shares[t] * factor);
    }
    return 1;
  }

  /** Adds a value, weighted by its share: even positions, and odd ones. */
  private void mix(int layer, int block, int kvHead, int t) {
    int[] values = store.values(layer, block);
    float[] sums = t % 2 == 0 ? even : odd;
    float share = shares[t];
    int position = t % KvStore.BLOCK;
    int at =
        store.start(block, kvHead) + (store.half() ? position / 2 * headDim : position * headDim);
    for (int d = 0; d < headDim; d++) {
      int bits = values[at + d];
      float value =
          !store.half() ? Float.intBitsToFloat(bits) : t % 2 == 0 ? low(bits) : high(bits);
      sums[d] = Math.fma(value, share, sums[d]);
    }
  }
}
