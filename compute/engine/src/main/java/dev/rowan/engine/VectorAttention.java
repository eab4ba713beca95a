package dev.rowan.engine;

import static dev.rowan.engine.VectorMath.FLOATS;
import static dev.rowan.engine.VectorMath.INTS;
import static dev.rowan.engine.VectorMath.LANES;

import dev.rowan.model.LlamaConfig;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Attention by vector instructions, for head sizes that are a multiple of {@link VectorMath#LANES}. Four queries that read
 * the same keys go together, from heads that share them and from neighbouring rows, so that a key or value is loaded once
 * for four; where fewer are left, the last is computed again in place of the others. The order of additions for a query
 * does not depend on its company: even dimensions, and odd ones; even positions, and odd ones.
 *
 * <p>Training in bf16 rounds scores and shares to bf16. Where that is asked for they are rounded here, too, because a
 * policy's probabilities in training and in sampling must be the same.
 */
final class VectorAttention implements Attention {

  private static final int TOGETHER = 4;

  /** Numbers in a cache line. */
  private static final int CACHE_LINE = 16;

  private final KvStore store;
  private final boolean half;
  private final int heads;
  private final int kvHeads;
  private final int headDim;
  private final boolean rounds;
  private final int[] query = new int[TOGETHER];
  private final int[] target = new int[TOGETHER];
  private final int[] begins = new int[TOGETHER];
  private final int[] ends = new int[TOGETHER];
  private final float[] factors;
  private float[] shares = new float[0];
  private float[] sums = new float[0];

  /** From one query's shares to the next's. */
  private int room;

  /** Where {@link #fetch} leaves its sum, so that the compiler does not leave out the reading. */
  private final int[] fetched = new int[1];

  VectorAttention(LlamaConfig config, KvStore store, boolean rounds) {
    this.store = store;
    this.half = store.half();
    this.heads = config.heads();
    this.kvHeads = config.kvHeads();
    this.headDim = config.headDim();
    this.rounds = rounds;
    this.factors = new float[TOGETHER * config.kvHeads()];
  }

  @Override
  public void attend(int layer, Span span, int window, float[] queries, int stride, float[] out) {
    int group = heads / kvHeads;
    int count = span.count() * group;
    // Few queries wait for memory, and a block's heads lie side by side: they are read in one go.
    // Many queries wait for arithmetic, and one head's keys stay in the cache for all of them.
    int side = count <= TOGETHER ? kvHeads : 1;
    makeRoom(span.length(span.count() - 1), side);
    for (int kvHead = 0; kvHead < kvHeads; kvHead += side) {
      for (int first = 0; first < count; first += TOGETHER) {
        for (int i = 0; i < TOGETHER; i++) {
          int index = Math.min(first + i, count - 1);
          int row = span.row() + index / group;
          int head = kvHead * group + index % group;
          query[i] = row * stride + head * headDim;
          target[i] = (row * heads + head) * headDim;
          ends[i] = span.length(index / group);
          begins[i] = Math.max(0, ends[i] - window);
        }
        attendTogether(layer, span.blocks(), kvHead, side, queries, out);
      }
    }
  }

  private void makeRoom(int length, int side) {
    int needed = (length + KvStore.BLOCK - 1) / KvStore.BLOCK * KvStore.BLOCK;
    if (room < needed || shares.length < side * TOGETHER * room) {
      room = Math.max(room, 2 * needed);
      shares = new float[side * TOGETHER * room];
    }
    if (sums.length < side * 2 * TOGETHER * headDim) {
      sums = new float[side * 2 * TOGETHER * headDim];
    }
  }

  /** For {@code side} neighbouring heads of keys; {@link #query} and {@link #target} are those of the first. */
  private void attendTogether(
      int layer, int[] blocks, int kvHead, int side, float[] queries, float[] out) {
    int first = begins[0] / KvStore.BLOCK;
    int last = (ends[TOGETHER - 1] - 1) / KvStore.BLOCK;
    int next = heads / kvHeads * headDim;
    if (side > 1) {
      for (int b = first; b <= last; b++) {
        fetch(store.keys(layer, blocks[b]), blocks[b]);
      }
      for (int b = first; b <= last; b++) {
        fetch(store.values(layer, blocks[b]), blocks[b]);
      }
    }
    for (int b = first; b <= last; b++) {
      int[] keys = store.keys(layer, blocks[b]);
      for (int h = 0; h < side; h++) {
        int to = h * TOGETHER * room + b * KvStore.BLOCK;
        score(queries, h * next, keys, store.start(blocks[b], kvHead + h), to);
      }
    }
    for (int h = 0; h < side; h++) {
      for (int i = 0; i < TOGETHER; i++) {
        boolean again = i > 0 && query[i] == query[i - 1];
        if (!again) {
          normalise(h, i, first * KvStore.BLOCK, (last + 1) * KvStore.BLOCK);
        }
      }
    }
    Arrays.fill(sums, 0, side * 2 * TOGETHER * headDim, 0);
    for (int b = first; b <= last; b++) {
      int[] values = store.values(layer, blocks[b]);
      int end = Math.min(KvStore.BLOCK, ends[TOGETHER - 1] - b * KvStore.BLOCK);
      for (int h = 0; h < side; h++) {
        int from = h * TOGETHER * room + b * KvStore.BLOCK;
        mix(h, values, store.start(blocks[b], kvHead + h), from, end);
      }
    }
    for (int h = 0; h < side; h++) {
      finish(h, h * next, out);
    }
  }

  /**
   * Reads a number of every cache line of a block, which nothing waits for: the processor asks for many lines at once, while
   * the arithmetic on blocks that lie anywhere in memory would wait for a few at a time.
   */
  private void fetch(int[] memory, int block) {
    int end = store.start(block, 0) + store.blockSize();
    int sum = 0;
    for (int i = store.start(block, 0); i < end; i += CACHE_LINE) {
      sum += memory[i];
    }
    fetched[0] += sum;
  }

  /** Writes the dot products of the queries with a block's keys. */
  private void score(float[] queries, int shift, int[] keys, int start, int to) {
    int step = half ? KvStore.BLOCK : 2 * KvStore.BLOCK;
    int q0 = query[0] + shift;
    int q1 = query[1] + shift;
    int q2 = query[2] + shift;
    int q3 = query[3] + shift;
    for (int lane = 0; lane < KvStore.BLOCK; lane += LANES) {
      FloatVector even0 = FloatVector.zero(FLOATS);
      FloatVector even1 = even0;
      FloatVector even2 = even0;
      FloatVector even3 = even0;
      FloatVector odd0 = even0;
      FloatVector odd1 = even0;
      FloatVector odd2 = even0;
      FloatVector odd3 = even0;
      int at = start + lane;
      for (int d = 0; d < headDim; d += 2, at += step) {
        IntVector pair = IntVector.fromArray(INTS, keys, at);
        FloatVector a = first(pair);
        FloatVector b = second(pair, keys, at + KvStore.BLOCK);
        even0 = a.fma(FloatVector.broadcast(FLOATS, queries[q0 + d]), even0);
        odd0 = b.fma(FloatVector.broadcast(FLOATS, queries[q0 + d + 1]), odd0);
        even1 = a.fma(FloatVector.broadcast(FLOATS, queries[q1 + d]), even1);
        odd1 = b.fma(FloatVector.broadcast(FLOATS, queries[q1 + d + 1]), odd1);
        even2 = a.fma(FloatVector.broadcast(FLOATS, queries[q2 + d]), even2);
        odd2 = b.fma(FloatVector.broadcast(FLOATS, queries[q2 + d + 1]), odd2);
        even3 = a.fma(FloatVector.broadcast(FLOATS, queries[q3 + d]), even3);
        odd3 = b.fma(FloatVector.broadcast(FLOATS, queries[q3 + d + 1]), odd3);
      }
      even0.add(odd0).intoArray(shares, to + lane);
      even1.add(odd1).intoArray(shares, room + to + lane);
      even2.add(odd2).intoArray(shares, 2 * room + to + lane);
      even3.add(odd3).intoArray(shares, 3 * room + to + lane);
    }
  }

  private FloatVector first(IntVector pair) {
    return half
        ? pair.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats()
        : pair.reinterpretAsFloats();
  }

  private FloatVector second(IntVector pair, int[] memory, int next) {
    return half
        ? pair.and(0xffff0000).reinterpretAsFloats()
        : IntVector.fromArray(INTS, memory, next).reinterpretAsFloats();
  }

  /** Replaces a query's scores by exponentials relative to the largest it sees, and by 0 where it does not see. */
  private void normalise(int h, int i, int from, int to) {
    int start = (h * TOGETHER + i) * room;
    int first = start + from;
    int end = start + to;
    if (rounds) {
      for (int t = first; t < end; t += LANES) {
        VectorMath.roundToHalves(FloatVector.fromArray(FLOATS, shares, t)).intoArray(shares, t);
      }
    }
    Arrays.fill(shares, first, start + begins[i], Float.NEGATIVE_INFINITY);
    Arrays.fill(shares, start + ends[i], end, Float.NEGATIVE_INFINITY);
    FloatVector largest = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    for (int t = first; t < end; t += LANES) {
      largest = largest.max(FloatVector.fromArray(FLOATS, shares, t));
    }
    float top = VectorMath.max(largest);
    FloatVector sums = FloatVector.zero(FLOATS);
    for (int t = first; t < end; t += LANES) {
      FloatVector e = VectorMath.exp(FloatVector.fromArray(FLOATS, shares, t).sub(top));
      e.intoArray(shares, t);
      sums = sums.add(e);
    }
    factors[h * TOGETHER + i] = 1 / VectorMath.sum(sums);
    if (rounds) {
      for (int t = first; t < end; t += LANES) {
        FloatVector share = FloatVector.fromArray(FLOATS, shares, t).mul(factors[h * TOGETHER + i]);
        VectorMath.roundToHalves(share).intoArray(shares, t);
      }
      factors[h * TOGETHER + i] = 1;
    }
  }

  /** Adds the first {@code end} values of a block, weighted by the shares, to the sums. */
  private void mix(int h, int[] values, int start, int from, int end) {
    int s0 = from;
    int s1 = query[1] == query[0] ? s0 : from + room;
    int s2 = query[2] == query[1] ? s1 : from + 2 * room;
    int s3 = query[3] == query[2] ? s2 : from + 3 * room;
    int step = half ? headDim : 2 * headDim;
    for (int d = 0; d < headDim; d += LANES) {
      int sum = h * 2 * TOGETHER * headDim + d * 2 * TOGETHER;
      FloatVector even0 = FloatVector.fromArray(FLOATS, sums, sum);
      FloatVector even1 = FloatVector.fromArray(FLOATS, sums, sum + LANES);
      FloatVector even2 = FloatVector.fromArray(FLOATS, sums, sum + 2 * LANES);
      FloatVector even3 = FloatVector.fromArray(FLOATS, sums, sum + 3 * LANES);
      FloatVector odd0 = FloatVector.fromArray(FLOATS, sums, sum + 4 * LANES);
      FloatVector odd1 = FloatVector.fromArray(FLOATS, sums, sum + 5 * LANES);
      FloatVector odd2 = FloatVector.fromArray(FLOATS, sums, sum + 6 * LANES);
      FloatVector odd3 = FloatVector.fromArray(FLOATS, sums, sum + 7 * LANES);
      int at = start + d;
      for (int t = 0; t < end; t += 2, at += step) {
        IntVector pair = IntVector.fromArray(INTS, values, at);
        FloatVector a = first(pair);
        FloatVector b = second(pair, values, at + headDim);
        even0 = a.fma(FloatVector.broadcast(FLOATS, shares[s0 + t]), even0);
        odd0 = b.fma(FloatVector.broadcast(FLOATS, shares[s0 + t + 1]), odd0);
        even1 = a.fma(FloatVector.broadcast(FLOATS, shares[s1 + t]), even1);
        odd1 = b.fma(FloatVector.broadcast(FLOATS, shares[s1 + t + 1]), odd1);
        even2 = a.fma(FloatVector.broadcast(FLOATS, shares[s2 + t]), even2);
        odd2 = b.fma(FloatVector.broadcast(FLOATS, shares[s2 + t + 1]), odd2);
        even3 = a.fma(FloatVector.broadcast(FLOATS, shares[s3 + t]), even3);
        odd3 = b.fma(FloatVector.broadcast(FLOATS, shares[s3 + t + 1]), odd3);
      }
      even0.intoArray(sums, sum);
      even1.intoArray(sums, sum + LANES);
      even2.intoArray(sums, sum + 2 * LANES);
      even3.intoArray(sums, sum + 3 * LANES);
      odd0.intoArray(sums, sum + 4 * LANES);
      odd1.intoArray(sums, sum + 5 * LANES);
      odd2.intoArray(sums, sum + 6 * LANES);
      odd3.intoArray(sums, sum + 7 * LANES);
    }
  }

  /** Writes the means of a head's values. Queries that are there twice are written twice, the same. */
  private void finish(int h, int shift, float[] out) {
    int same = 0;
    for (int i = 0; i < TOGETHER; i++) {
      same = i > 0 && query[i] == query[i - 1] ? same : i;
      for (int d = 0; d < headDim; d += LANES) {
        int sum = h * 2 * TOGETHER * headDim + d * 2 * TOGETHER + i * LANES;
        FloatVector.fromArray(FLOATS, sums, sum)
            .add(FloatVector.fromArray(FLOATS, sums, sum + TOGETHER * LANES))
            .mul(factors[h * TOGETHER + same])
            .intoArray(out, target[i] + shift + d);
      }
    }
  }
}
