package dev.rowan.engine;

import dev.rowan.model.LlamaConfig;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Attention by vector instructions, for head sizes that are a multiple of {@link #LANES}. Uses exact IEEE operations in a
 * fixed order only (no reduction across lanes, no library exponential), so that interpreted and compiled code agree to the
 * last bit.
 */
final class VectorAttention implements Attention {

  private static final VectorSpecies<Float> SPECIES =
      FloatVector.SPECIES_PREFERRED.length() > KvStore.BLOCK
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;

  /** Numbers per vector. */
  static final int LANES = SPECIES.length();

  private final int heads;
  private final int kvHeads;
  private final int headDim;
  private final float scale;
  private final float[] shares;
  private final float[] lanes = new float[LANES];

  VectorAttention(LlamaConfig config) {
    this.heads = config.heads();
    this.kvHeads = config.kvHeads();
    this.headDim = config.headDim();
    this.scale = (float) (1 / Math.sqrt(headDim));
    this.shares =
        new float[(config.maxPositions() + KvStore.BLOCK - 1) / KvStore.BLOCK * KvStore.BLOCK];
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
    int group = heads / kvHeads;
    for (int head = 0; head < heads; head++) {
      int kvHead = head / group;
      score(queries, queryOffset + head * headDim, store.keys(), blocks, kvHead, from, length);
      float sum = exponentials(from, length);
      mix(store.values(), blocks, kvHead, from, length, 1 / sum, out, outOffset + head * headDim);
    }
  }

  /** Writes the scaled dot products of a query with every key; positions out of sight get minus infinity. */
  private void score(
      float[] queries, int query, float[] keys, int[] blocks, int kvHead, int from, int length) {
    int blockCount = (length + KvStore.BLOCK - 1) / KvStore.BLOCK;
    for (int b = from / KvStore.BLOCK; b < blockCount; b++) {
      int start = (blocks[b] * kvHeads + kvHead) * headDim * KvStore.BLOCK;
      for (int lane = 0; lane < KvStore.BLOCK; lane += LANES) {
        FloatVector even = FloatVector.zero(SPECIES);
        FloatVector odd = FloatVector.zero(SPECIES);
        for (int d = 0; d < headDim; d += 2) {
          int key = start + d * KvStore.BLOCK + lane;
          even = FloatVector.broadcast(SPECIES, queries[query + d])
              .fma(FloatVector.fromArray(SPECIES, keys, key), even);
          odd = FloatVector.broadcast(SPECIES, queries[query + d + 1])
              .fma(FloatVector.fromArray(SPECIES, keys, key + KvStore.BLOCK), odd);
        }
        even.add(odd).mul(scale).intoArray(shares, b * KvStore.BLOCK + lane);
      }
    }
    Arrays.fill(shares, start(from), from, Float.NEGATIVE_INFINITY);
    Arrays.fill(shares, length, blockCount * KvStore.BLOCK, Float.NEGATIVE_INFINITY);
  }

  /** Where the block of a position starts. */
  private static int start(int position) {
    return position / KvStore.BLOCK * KvStore.BLOCK;
  }

  /** Replaces scores by exponentials relative to the largest, and returns their sum. */
  private float exponentials(int from, int length) {
    FloatVector largest = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    for (int t = start(from); t < length; t += LANES) {
      largest = largest.max(FloatVector.fromArray(SPECIES, shares, t));
    }
    largest.intoArray(lanes, 0);
    float top = lanes[0];
    for (int i = 1; i < LANES; i++) {
      top = Math.max(top, lanes[i]);
    }
    FloatVector sums = FloatVector.zero(SPECIES);
    for (int t = start(from); t < length; t += LANES) {
      FloatVector e = exp(FloatVector.fromArray(SPECIES, shares, t).sub(top));
      e.intoArray(shares, t);
      sums = sums.add(e);
    }
    sums.intoArray(lanes, 0);
    float sum = 0;
    for (int i = 0; i < LANES; i++) {
      sum += lanes[i];
    }
    return sum;
  }

  /** e to the power of x, for x of 0 or less: 2^n times a polynomial of the rest, relative error about 1e-7. */
  private static FloatVector exp(FloatVector x) {
    FloatVector bounded = x.max(-87f);
    FloatVector shifted = bounded.mul(1.442695f).add(12_582_912f);
    FloatVector n = shifted.sub(12_582_912f);
    FloatVector r = n.fma(FloatVector.broadcast(SPECIES, -0.6933594f), bounded);
    r = n.fma(FloatVector.broadcast(SPECIES, 2.1219444e-4f), r);
    FloatVector p = FloatVector.broadcast(SPECIES, 1.9875691e-4f);
    p = p.fma(r, FloatVector.broadcast(SPECIES, 0.0013981999f));
    p = p.fma(r, FloatVector.broadcast(SPECIES, 0.008333452f));
    p = p.fma(r, FloatVector.broadcast(SPECIES, 0.041665796f));
    p = p.fma(r, FloatVector.broadcast(SPECIES, 0.16666666f));
    p = p.fma(r, FloatVector.broadcast(SPECIES, 0.5f));
    p = p.fma(r.mul(r), r).add(1f);
    IntVector power = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
    FloatVector result = p.reinterpretAsInts().add(power).reinterpretAsFloats();
    return result.blend(0f, x.lt(-87f));
  }

  /** Writes the values' mean, weighted by the shares. */
  private void mix(
      float[] values,
      int[] blocks,
      int kvHead,
      int from,
      int length,
      float factor,
      float[] out,
      int outOffset) {
    for (int d = 0; d < headDim; d += LANES) {
      FloatVector even = FloatVector.zero(SPECIES);
      FloatVector odd = FloatVector.zero(SPECIES);
      for (int t = start(from); t < length; t += KvStore.BLOCK) {
        int start = (blocks[t / KvStore.BLOCK] * kvHeads + kvHead) * headDim * KvStore.BLOCK + d;
        int end = Math.min(KvStore.BLOCK, length - t);
        int i = 0;
        for (; i + 1 < end; i += 2) {
          int value = start + i * headDim;
          even = FloatVector.broadcast(SPECIES, shares[t + i])
              .fma(FloatVector.fromArray(SPECIES, values, value), even);
          odd = FloatVector.broadcast(SPECIES, shares[t + i + 1])
              .fma(FloatVector.fromArray(SPECIES, values, value + headDim), odd);
        }
        if (i < end) {
          even = FloatVector.broadcast(SPECIES, shares[t + i])
              .fma(FloatVector.fromArray(SPECIES, values, start + i * headDim), even);
        }
      }
      even.add(odd).mul(factor).intoArray(out, outOffset + d);
    }
  }
}
