package dev.rowan.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rowan.model.LlamaConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector kernel against the plain one, and both against sums in double precision. */
final class AttentionParityTest {

  private static final int BLOCKS = 10;

  private static LlamaConfig config(int kvHeads, int group, int headDim) {
    return new LlamaConfig(9, 32, 8, 1, kvHeads * group, kvHeads, headDim, 128, 100, 1e-5, 1, 0);
  }

  private static float[] normal(Random random, int size, double deviation) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (random.nextGaussian() * deviation);
    }
    return values;
  }

  /** Keys and values in a store, put position by position. */
  private static KvStore store(
      LlamaConfig config, boolean half, int[] blocks, int length, float[] keys, float[] values) {
    KvStore store = new KvStore(config, BLOCKS, half);
    int width = config.kvHeads() * config.headDim();
    float[] both = new float[2 * width];
    for (int t = 0; t < length; t++) {
      System.arraycopy(keys, t * width, both, 0, width);
      System.arraycopy(values, t * width, both, width, width);
      store.put(0, blocks[t / KvStore.BLOCK], t % KvStore.BLOCK, both, 0, width);
    }
    return store;
  }

  private static int[] shuffledBlocks(Random random) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, BLOCKS).boxed().toList());
    Collections.shuffle(order, random);
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  @Property(tries = 100)
  void vectorsAndPlainLoopsGiveTheSameBits(
      @ForAll long seed,
      @ForAll boolean half,
      @ForAll @IntRange(min = 1, max = 100) int length,
      @ForAll @IntRange(min = 1, max = 120) int window,
      @ForAll @IntRange(min = 1, max = 9) int rows,
      @ForAll @IntRange(min = 1, max = 3) int kvHeads,
      @ForAll @IntRange(min = 1, max = 3) int group,
      @ForAll @IntRange(min = 1, max = 4) int vectors,
      @ForAll @IntRange(min = 0, max = 3) int sharpness) {
    Random random = new Random(seed);
    LlamaConfig config = config(kvHeads, group, vectors * 16);
    int width = kvHeads * config.headDim();
    int count = Math.min(rows, length);
    int stride = 2 * width * group;
    float[] queries = normal(
        random, (3 + count) * stride, Math.pow(5, sharpness - 1) / Math.sqrt(config.headDim()));
    int[] blocks = shuffledBlocks(random);
    KvStore store = store(
        config,
        half,
        blocks,
        length,
        normal(random, length * width, 1),
        normal(random, length * width, 1));

    Attention.Span span = new Attention.Span(blocks, 3, length - count, count);
    float[] plain = new float[(3 + count) * width * group];
    float[] vector = plain.clone();
    new PlainAttention(config, store, half).attend(0, span, window, queries, stride, plain);
    VectorAttention attention = new VectorAttention(config, store, half);
    attention.attend(0, span, window, queries, stride, vector);

    assertThat(vector).as("bit for bit").isEqualTo(plain);
    assertCloseToExact(config, store, span, window, queries, stride, half, sharpness, plain);
    float[] oneByOne = new float[plain.length];
    for (int i = 0; i < count; i++) {
      Attention.Span row = new Attention.Span(blocks, 3 + i, length - count + i, 1);
      attention.attend(0, row, window, queries, stride, oneByOne);
    }
    assertThat(oneByOne).as("rows one by one, bit for bit").isEqualTo(vector);
  }

  /** Against sums in double precision. */
  private static void assertCloseToExact(
      LlamaConfig config,
      KvStore store,
      Attention.Span span,
      int window,
      float[] queries,
      int stride,
      boolean half,
      int sharpness,
      float[] got) {
    int headDim = config.headDim();
    // A score of 100 has itself an error of 1e-5, and its exponential as large a relative one.
    float error = half ? 0.05f * (float) Math.pow(5, sharpness) : sharpness < 2 ? 1e-5f : 1e-3f;
    for (int i = 0; i < span.count(); i++) {
      int end = span.length(i);
      int begin = Math.max(0, end - window);
      for (int head = 0; head < config.heads(); head++) {
        int kvHead = head / (config.heads() / config.kvHeads());
        double[] shares = new double[end];
        double sum = 0;
        for (int t = begin; t < end; t++) {
          for (int d = 0; d < headDim; d++) {
            int block = span.blocks()[t / KvStore.BLOCK];
            shares[t] += (double) queries[(span.row() + i) * stride + head * headDim + d]
                * store.key(0, block, kvHead, t % KvStore.BLOCK, d);
          }
          shares[t] = Math.exp(shares[t]);
          sum += shares[t];
        }
        for (int d = 0; d < headDim; d++) {
          double mixed = 0;
          for (int t = begin; t < end; t++) {
            int block = span.blocks()[t / KvStore.BLOCK];
            mixed += shares[t] / sum * store.value(0, block, kvHead, t % KvStore.BLOCK, d);
          }
          int at = ((span.row() + i) * config.heads() + head) * headDim + d;
          assertThat(got[at]).isCloseTo((float) mixed, within(error));
        }
      }
    }
  }

  @Test
  void extremeScoresTakeAllOrNothing() {
    LlamaConfig config = config(1, 1, 16);
    int[] blocks = {4, 2};
    float[] queries = new float[16];
    queries[0] = 1;
    float[] keys = new float[20 * 16];
    float[] values = new float[20 * 16];
    for (int t = 0; t < 20; t++) {
      keys[t * 16] = t == 17 ? 3e37f : t == 3 ? Float.NEGATIVE_INFINITY : -3e37f;
      values[t * 16] = t + 1;
    }
    for (boolean half : new boolean[] {false, true}) {
      KvStore store = store(config, half, blocks, 20, keys, values);
      for (Attention attention : List.of(
          new PlainAttention(config, store, false), new VectorAttention(config, store, false))) {
        assertThat(first(attention, blocks, 20, queries)).isEqualTo(18);
        assertThat((double) first(attention, blocks, 16, queries))
            .as("all but position 3 alike")
            .isCloseTo((136 - 4) / 15.0, within(1e-5));
        assertThat(first(attention, blocks, 1, queries)).isEqualTo(1);
      }
    }
  }

  private static float first(Attention attention, int[] blocks, int length, float[] queries) {
    float[] out = new float[16];
    attention.attend(0, new Attention.Span(blocks, 0, length - 1, 1), 99, queries, 16, out);
    return out[0];
  }

  @Test
  void theKernelFollowsTheHeadSize() {
    for (int headDim : new int[] {16, 6}) {
      LlamaConfig config = config(1, 1, headDim);
      assertThat(Attention.forModel(config, new KvStore(config, 1, false), false))
          .isInstanceOf(headDim == 16 ? VectorAttention.class : PlainAttention.class);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void copiesOfABlockAttendAlike(boolean half) {
    Random random = new Random(1);
    LlamaConfig config = config(2, 2, 16);
    float[] keys = normal(random, 11 * 32, 1);
    float[] values = normal(random, 11 * 32, 1);
    KvStore store = store(config, half, new int[] {3}, 11, keys, values);
    store.copy(3, 7, 11);
    float[] queries = normal(random, 64, 1);
    float[] original = new float[64];
    float[] copy = new float[64];
    Attention attention = Attention.forModel(config, store, half);
    attention.attend(0, new Attention.Span(new int[] {3}, 0, 10, 1), 99, queries, 64, original);
    attention.attend(0, new Attention.Span(new int[] {7}, 0, 10, 1), 99, queries, 64, copy);
    assertThat(copy).isEqualTo(original);
    assertThat(store.key(0, 7, 1, 11, 5)).as("the 12th position").isZero();
  }

  @Test
  void halvesAreTheNearestNumbers() {
    assertThat(KvStore.bf16(1)).isEqualTo((short) 0x3f80);
    assertThat(KvStore.bf16(Float.intBitsToFloat(0x3f808000)))
        .as("of two that are equally near, the even one")
        .isEqualTo((short) 0x3f80);
    assertThat(KvStore.bf16(Float.intBitsToFloat(0x3f818000))).isEqualTo((short) 0x3f82);
    assertThat(KvStore.bf16(Float.intBitsToFloat(0x3f808001))).isEqualTo((short) 0x3f81);
  }
}
