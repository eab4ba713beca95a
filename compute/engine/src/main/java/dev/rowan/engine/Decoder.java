package dev.rowan.engine;

import dev.rowan.model.LlamaConfig;
import dev.rowan.model.LlamaWeights;
import dev.rowan.model.Rope;
import dev.rowan.tensor.DType;
import dev.rowan.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One forward pass over rows that belong to any sequences: the same arithmetic as training's, with keys and values taken
 * from the store. Belongs to one lane's thread.
 */
final class Decoder {

  /**
   * The rows of a pass. Rows of one sequence stand in order of position.
   *
   * @param count number of rows
   * @param tokens token of each row
   * @param positions position of each row in its sequence
   * @param blocks the blocks of each row's sequence
   */
  record Rows(int count, long[] tokens, int[] positions, int[][] blocks) {}

  /** Below this many rows the BLAS library takes another path, which rounds differently. */
  private static final int FEWEST_ROWS = 4;

  /** Kernels are compiled and kept for each number of rows: only multiples of this are used beyond it. */
  private static final int ROW_STEP = 32;

  private final DecoderWeights weights;
  private final LlamaConfig config;
  private final DType matmulType;
  private final KvStore store;
  private final Rope rope;
  private final Attention attention;
  private final int queryWidth;
  private final int keyWidth;
  private float[] qkv = new float[0];
  private float[] mixed = new float[0];

  Decoder(DecoderWeights weights, DType matmulType, KvStore store) {
    this.weights = weights;
    this.config = weights.matrices().config();
    this.matmulType = matmulType;
    this.store = store;
    this.rope = Rope.of(config);
    this.attention = Attention.forModel(config);
    this.queryWidth = config.heads() * config.headDim();
    this.keyWidth = config.kvHeads() * config.headDim();
  }

  /** The number of rows that {@code count} rows are computed as: one of a few, all of which round alike. */
  static int padded(int count) {
    return count > ROW_STEP
        ? (count + ROW_STEP - 1) / ROW_STEP * ROW_STEP
        : Math.max(FEWEST_ROWS, Integer.highestOneBit(2 * count - 1));
  }

  /** Stores the rows' keys and values, and returns their hidden states after the last norm, fp32 [>= rows, hidden]. */
  Tensor hidden(Rows rows) {
    int padded = padded(rows.count);
    long[] ids = new long[padded];
    System.arraycopy(rows.tokens, 0, ids, 0, rows.count);
    qkv = ensure(qkv, padded * (queryWidth + 2 * keyWidth));
    mixed = ensure(mixed, padded * queryWidth);
    Tensor x = weights.embed().embedding(Tensor.of(ids));
    for (int i = 0; i < config.layers(); i++) {
      LlamaWeights.Block block = weights.matrices().block(i);
      Tensor normed = x.rmsNorm(block.inputNorm(), config.normEpsilon());
      Tensor projected = linear(normed, block.qkv()).to(DType.FLOAT32);
      Tensor biased = block.qkvBias().map(projected::add).orElse(projected);
      attend(i, rows, headNormed(block, biased).segment());
      Tensor attended = Tensor.empty(DType.FLOAT32, padded, queryWidth);
      MemorySegment.copy(
          mixed, 0, attended.segment(), ValueLayout.JAVA_FLOAT, 0, padded * queryWidth);
      x = x.add(linear(attended, block.output()));
      normed = x.rmsNorm(block.feedForwardNorm(), config.normEpsilon());
      x = x.add(linear(swiGlu(linear(normed, block.gateUp()).to(DType.FLOAT32)), block.down()));
    }
    return x.rmsNorm(weights.matrices().norm(), config.normEpsilon());
  }

  /** Logits of the next token, fp32 [rows, vocabulary]. */
  Tensor logits(Tensor hidden) {
    return linear(hidden, weights.matrices().unembed()).to(DType.FLOAT32);
  }

  private Tensor linear(Tensor x, Tensor weight) {
    return x.to(matmulType).linear(weight);
  }

  /** Projections [rows, (heads + 2 kvHeads) · headDim], each head of queries and keys normed if the model does so. */
  private Tensor headNormed(LlamaWeights.Block block, Tensor projected) {
    if (block.headNorms().isEmpty()) {
      return projected;
    }
    LlamaWeights.HeadNorms norms = block.headNorms().get();
    long rows = projected.size(0);
    int heads = config.heads();
    int kvHeads = config.kvHeads();
    Tensor split = projected.reshape(rows, heads + 2L * kvHeads, config.headDim());
    return Tensor.cat(
        List.of(
            split.narrow(1, 0, heads).rmsNorm(norms.query(), config.normEpsilon()),
            split.narrow(1, heads, kvHeads).rmsNorm(norms.key(), config.normEpsilon()),
            split.narrow(1, heads + kvHeads, kvHeads)),
        1);
  }

  private Tensor swiGlu(Tensor gateUp) {
    long inner = config.intermediate();
    return gateUp.narrow(-1, 0, inner).silu().mul(gateUp.narrow(-1, inner, inner));
  }

  private void attend(int layer, Rows rows, MemorySegment projected) {
    int width = queryWidth + 2 * keyWidth;
    MemorySegment.copy(projected, ValueLayout.JAVA_FLOAT, 0, qkv, 0, rows.count * width);
    Rope.Angles angles =
        rope.upTo(1 + IntStream.of(rows.positions).limit(rows.count).max().orElse(0));
    for (int row = 0; row < rows.count; row++) {
      int position = rows.positions[row];
      rotate(angles, row * width, config.heads() + config.kvHeads(), position);
      int key = row * width + queryWidth;
      int block = rows.blocks[row][position / KvStore.BLOCK];
      store.put(layer, block, position % KvStore.BLOCK, qkv, key, qkv, key + keyWidth);
    }
    int window = config.variant().window().at(layer);
    for (int row = 0; row < rows.count; row++) {
      int length = rows.positions[row] + 1;
      attention.attend(
          qkv,
          row * width,
          store.layer(layer),
          rows.blocks[row],
          Math.max(0, length - window),
          length,
          mixed,
          row * queryWidth);
    }
  }

  private void rotate(Rope.Angles angles, int start, int heads, int position) {
    int half = angles.half();
    float[] cos = angles.cos();
    float[] sin = angles.sin();
    int angle = position * half;
    for (int head = 0; head < heads; head++) {
      int low = start + head * 2 * half;
      for (int i = 0; i < half; i++) {
        float a = qkv[low + i];
        float b = qkv[low + half + i];
        qkv[low + i] = a * cos[angle + i] - b * sin[angle + i];
        qkv[low + half + i] = b * cos[angle + i] + a * sin[angle + i];
      }
    }
  }

  private static float[] ensure(float[] buffer, int size) {
    return buffer.length >= size ? buffer : new float[size];
  }
}
