package dev.rowan.engine;

/** What a layer does to single rows in loops that become vector operations by themselves. */
final class RowMath {

  private RowMath() {}

  /** Adds the first {@code width} numbers of {@code b} to {@code a[at ..]}. */
  static void add(float[] a, int at, float[] b, int width) {
    for (int i = 0; i < width; i++) {
      a[at + i] += b[i];
    }
  }

  /** Turns the pairs of each head, from {@code start} on, by a position's angles (Su et al. 2021). */
  static void rotate(
      float[] row, int start, int heads, int half, float[] cos, float[] sin, int angle) {
    for (int head = 0; head < heads; head++) {
      int low = start + head * 2 * half;
      for (int i = 0; i < half; i++) {
        float a = row[low + i];
        float b = row[low + half + i];
        row[low + i] = a * cos[angle + i] - b * sin[angle + i];
        row[low + half + i] = b * cos[angle + i] + a * sin[angle + i];
      }
    }
  }
}
