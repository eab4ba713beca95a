package dev.rowan.model;

/**
 * How far back tokens see (Beltagy et al. 2020).
 *
 * @param size positions that a token sees, its own included
 * @param fromLayer the first layer where this holds; before it, tokens see everything
 */
public record SlidingWindow(int size, int fromLayer) {

  /** Tokens see everything before them. */
  public static final SlidingWindow NONE = new SlidingWindow(Integer.MAX_VALUE, 0);

  /**
   * Checks the sizes.
   *
   * @throws ModelException naming the value that is out of range
   */
  public SlidingWindow {
    if (size < 1 || fromLayer < 0) {
      throw new ModelException("a sliding window of " + size + " positions from layer " + fromLayer
          + " on is out of range: fix config.json");
    }
  }

  /** Positions that a token sees in this layer, its own included. */
  public int at(int layer) {
    return layer < fromLayer ? Integer.MAX_VALUE : size;
  }
}
