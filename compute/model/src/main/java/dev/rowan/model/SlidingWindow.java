package dev.rowan.model;

import java.util.List;

/**
 * How far back tokens see (Beltagy et al. 2020).
 *
 * @param size positions that a token sees, its own included
 * @param fromLayer the first layer where this holds; before it, tokens see everything
 * @param seeing layers after it where tokens see everything all the same
 */
public record SlidingWindow(int size, int fromLayer, List<Integer> seeing) {

  /** Tokens see everything before them. */
  public static final SlidingWindow NONE = new SlidingWindow(Integer.MAX_VALUE, 0);

  /** A window that holds from one layer to the last. */
  public SlidingWindow(int size, int fromLayer) {
    this(size, fromLayer, List.of());
  }

  /**
   * Checks the sizes.
   *
   * @throws ModelException naming the value that is out of range
   */
  public SlidingWindow {
    seeing = List.copyOf(seeing);
    if (size < 1 || fromLayer < 0) {
      throw new ModelException("a sliding window of " + size + " positions from layer " + fromLayer
          + " on is out of range: fix the model's configuration, or take another copy of it");
    }
  }

  /** Positions that a token sees in this layer, its own included. */
  public int at(int layer) {
    return layer < fromLayer || seeing.contains(layer) ? Integer.MAX_VALUE : size;
  }
}
