package dev.rowan.engine;

import dev.rowan.model.LlamaConfig;
import java.util.function.BooleanSupplier;

/**
 * Attention of tokens over their own contexts. What a token gets is a function of its query and its context alone, to the
 * last bit, whatever is computed beside it. Not safe for use by several threads.
 */
interface Attention {

  /**
   * Neighbouring positions of one sequence, in neighbouring rows.
   *
   * @param blocks the sequence's blocks, in order
   * @param row the first row
   * @param position the first row's position
   * @param count number of rows
   */
  record Span(int[] blocks, int row, int position, int count) {

    /** Positions in the context of a row, its own included. */
    int length(int i) {
      return position + i + 1;
    }
  }

  /**
   * Attends from all heads of the rows of a span, whose keys and values are in the store.
   *
   * @param layer which layer of the store
   * @param window how many positions a row sees, its own included
   * @param queries rows of queries, rotated and scaled, [heads · headDim] at the start of every {@code stride} numbers
   * @param stride from one row of queries to the next
   * @param out receives rows of [heads · headDim]
   */
  void attend(int layer, Span span, int window, float[] queries, int stride, float[] out);

  /**
   * The fastest kernel for a model's head size on this machine.
   *
   * @param rounds whether scores and shares are rounded to bf16, as in training
   */
  static Attention forModel(LlamaConfig config, KvStore store, boolean rounds) {
    return config.headDim() % VectorMath.LANES == 0
        ? new VectorAttention(config, store, rounds)
        : new PlainAttention(config, store, rounds);
  }

  /** The plain kernel until vector operations are {@code compiled}, the fastest from then on. */
  static Attention switching(
      LlamaConfig config, KvStore store, boolean rounds, BooleanSupplier compiled) {
    Attention plain = new PlainAttention(config, store, rounds);
    Attention fast = forModel(config, store, rounds);
    return (layer, span, window, queries, stride, out) ->
        (compiled.getAsBoolean() ? fast : plain).attend(layer, span, window, queries, stride, out);
  }
}
