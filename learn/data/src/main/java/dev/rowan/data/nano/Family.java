package dev.rowan.data.nano;

import dev.rowan.core.Problem;
import dev.rowan.core.Seeds;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** An endless family of problems with levels of difficulty. */
public sealed interface Family permits Grove, Countdown {

  /** The family's name, which its problems carry as a tag. */
  String name();

  /** The levels, the easiest first. */
  List<Integer> levels();

  /**
   * One example from either half.
   *
   * @throws IllegalArgumentException if there is no such level
   */
  Example example(int level, SplittableRandom random);

  /** The same for the same arguments: example number {@code index} of the stream under {@code seed}. */
  default Example example(int level, Split split, long seed, long index) {
    SplittableRandom random = new SplittableRandom(
        Seeds.derive(Seeds.derive(seed, this + "-" + level + "-" + split), index));
    Example example = example(level, random);
    while (Split.of(example.problem()) != split) {
      example = example(level, random);
    }
    return example;
  }

  /** Examples without end; a problem may return. */
  default Stream<Example> examples(int level, Split split, long seed) {
    return LongStream.iterate(0, index -> index + 1)
        .mapToObj(index -> example(level, split, seed, index));
  }

  /** The first {@code count} held-out problems of a level under {@code seed}, all different. */
  default List<Problem> heldOut(int level, int count, long seed) {
    Set<String> seen = new HashSet<>();
    return examples(level, Split.HELD_OUT, seed)
        .map(Example::problem)
        .filter(problem -> seen.add(problem.id()))
        .limit(count)
        .toList();
  }

  /** Checks a level. */
  default void requireLevel(int level) {
    if (!levels().contains(level)) {
      throw new IllegalArgumentException(
          name() + " has no level " + level + ": choose one of " + levels());
    }
  }
}
