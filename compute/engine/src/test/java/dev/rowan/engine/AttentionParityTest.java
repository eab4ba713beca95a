package dev.rowan.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rowan.model.LlamaConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The vector kernel against the plain one. */
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

  /** Keys and values in a store, put position by position; what no position was put to is not a number. */
  private static KvStore.Layer layer(
      LlamaConfig config, int[] blocks, int length, float[] keys, float[] values) {
    KvStore store = new KvStore(config, BLOCKS);
    Arrays.fill(store.layer(0).keys(), Float.NaN);
    Arrays.fill(store.layer(0).values(), Float.NaN);
    int width = config.kvHeads() * config.headDim();
    for (int t = 0; t < length; t++) {
      store.put(
          0, blocks[t / KvStore.BLOCK], t % KvStore.BLOCK, keys, t * width, values, t * width);
    }
    return store.layer(0);
  }

  private static int[] shuffledBlocks(Random random) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, BLOCKS).boxed().toList());
    Collections.shuffle(order, random);
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  @Property(tries = 100)
  void agreesWithThePlainKernel(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 100) int length,
      @ForAll @IntRange(min = 1, max = 120) int window,
      @ForAll @IntRange(min = 1, max = 3) int kvHeads,
      @ForAll @IntRange(min = 1, max = 3) int group,
      @ForAll @IntRange(min = 1, max = 4) int vectors,
      @ForAll @IntRange(min = 0, max = 3) int sharpness) {
    Random random = new Random(seed);
    LlamaConfig config = config(kvHeads, group, vectors * 16);
    int width = kvHeads * config.headDim();
    int[] blocks = shuffledBlocks(random);
    float[] queries = normal(random, 3 + width * group, Math.pow(5, sharpness - 1));
    KvStore.Layer layer = layer(
        config,
        blocks,
        length,
        normal(random, length * width, 1),
        normal(random, length * width, 1));

    int from = Math.max(0, length - window);
    float[] plain = new float[5 + width * group];
    float[] vector = plain.clone();
    new ScalarAttention(config).attend(queries, 3, layer, blocks, from, length, plain, 5);
    VectorAttention attention = new VectorAttention(config);
    attention.attend(queries, 3, layer, blocks, from, length, vector, 5);

    // A score of 100 has itself an error of 1e-5, and its exponential as large a relative one.
    assertThat(vector).containsExactly(plain, within(sharpness < 2 ? 1e-5f : 1e-3f));
    float[] again = plain.clone();
    attention.attend(queries, 3, layer, blocks, from, length, again, 5);
    assertThat(again).isEqualTo(vector);
  }

  @Test
  void extremeScoresTakeAllOrNothing() {
    LlamaConfig config = config(1, 1, 16);
    int[] blocks = {4, 2};
    float[] queries = new float[16];
    queries[0] = 4;
    float[] keys = new float[20 * 16];
    float[] values = new float[20 * 16];
    for (int t = 0; t < 20; t++) {
      keys[t * 16] = t == 17 ? 3e37f : t == 3 ? Float.NEGATIVE_INFINITY : -3e37f;
      values[t * 16] = t + 1;
    }
    for (Attention attention : List.of(new ScalarAttention(config), new VectorAttention(config))) {
      float[] out = new float[16];
      attention.attend(queries, 0, layer(config, blocks, 20, keys, values), blocks, 0, 20, out, 0);
      assertThat(out[0]).isEqualTo(18);
      attention.attend(queries, 0, layer(config, blocks, 16, keys, values), blocks, 0, 16, out, 0);
      assertThat((double) out[0])
          .as("all but position 3 alike")
          .isCloseTo((136 - 4) / 15.0, within(1e-5));
      attention.attend(queries, 0, layer(config, blocks, 1, keys, values), blocks, 0, 1, out, 0);
      assertThat(out[0]).isEqualTo(1);
    }
  }

  @Test
  void theKernelFollowsTheHeadSize() {
    assertThat(Attention.forModel(config(1, 1, 16))).isInstanceOf(VectorAttention.class);
    assertThat(Attention.forModel(config(1, 1, 6))).isInstanceOf(ScalarAttention.class);
  }

  @Test
  void copiesOfABlockAttendAlike() {
    Random random = new Random(1);
    LlamaConfig config = config(2, 2, 16);
    KvStore store = new KvStore(config, BLOCKS);
    float[] keys = normal(random, 11 * 32, 1);
    float[] values = normal(random, 11 * 32, 1);
    for (int t = 0; t < 11; t++) {
      store.put(0, 3, t, keys, t * 32, values, t * 32);
    }
    store.copy(3, 7, 11);
    float[] queries = normal(random, 64, 1);
    float[] original = new float[64];
    float[] copy = new float[64];
    Attention attention = Attention.forModel(config);
    attention.attend(queries, 0, store.layer(0), new int[] {3}, 0, 11, original, 0);
    attention.attend(queries, 0, store.layer(0), new int[] {7}, 0, 11, copy, 0);
    assertThat(copy).isEqualTo(original);
    assertThat(store.layer(0).keys()[7 * 2 * 16 * 16 + 11])
        .as("the 12th position")
        .isZero();
  }
}
