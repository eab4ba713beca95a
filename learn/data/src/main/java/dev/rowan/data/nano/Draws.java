package dev.rowan.data.nano;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** Draws from a random stream. */
final class Draws {

  private Draws() {}

  /** One of {@code items}, all equally likely. */
  static <T> T one(List<T> items, SplittableRandom random) {
    return items.get(random.nextInt(items.size()));
  }

  /** Puts {@code items} into any order, all equally likely. */
  static void shuffle(List<?> items, SplittableRandom random) {
    for (int i = items.size() - 1; i > 0; i--) {
      Collections.swap(items, i, random.nextInt(i + 1));
    }
  }
}
