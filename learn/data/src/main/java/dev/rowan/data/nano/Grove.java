package dev.rowan.data.nano;

import dev.rowan.verify.nano.Clause;
import dev.rowan.verify.nano.GroveProblem;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Word problems on a dependency graph of quantities. The level is how many computing steps the answer needs.
 *
 * @param shuffled whether the clauses stand in any order; else each stands after those that it uses
 * @param distractors up to so many clauses that the answer does not need, 0 to 2
 * @param tangled whether most quantities are computed from any earlier ones, often from two; else each from the last, or
 *     from the last two
 */
public record Grove(boolean shuffled, int distractors, boolean tangled) implements Family {

  /** Who may have something. */
  public static final List<String> NAMES = List.of(
      "Mia", "Noah", "Ava", "Leo", "Zoe", "Sam", "Ivy", "Max", "Eva", "Tom", "Amy", "Ben", "Lily",
      "Jack", "Nora", "Omar");

  /** What there may be. */
  public static final List<String> THINGS =
      List.of("plums", "apples", "pears", "figs", "nuts", "cherries", "berries", "shells");

  private static final int MAX_LEVEL = 8;
  private static final int MAX_DISTRACTORS = 2;

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if there are too many distractors
   */
  public Grove {
    if (distractors < 0 || distractors > MAX_DISTRACTORS) {
      throw new IllegalArgumentException(
          distractors + " distractors: choose 0 to " + MAX_DISTRACTORS);
    }
  }

  /** Clauses in order, none in vain, each about the quantity before it. */
  public static Grove plain() {
    return new Grove(false, 0, false);
  }

  /** Clauses in order, none in vain, where nearly every line has to look values up. */
  public static Grove lookingBack() {
    return new Grove(false, 0, true);
  }

  @Override
  public String name() {
    return "grove";
  }

  @Override
  public List<Integer> levels() {
    return IntStream.rangeClosed(1, MAX_LEVEL).boxed().toList();
  }

  @Override
  public Example example(int level, SplittableRandom random) {
    requireLevel(level);
    Optional<Example> example = attempt(level, random);
    while (example.isEmpty()) {
      example = attempt(level, random);
    }
    return example.get();
  }

  private Optional<Example> attempt(int level, SplittableRandom random) {
    String thing = Draws.one(THINGS, random);
    GroveDraft draft =
        new GroveDraft(NAMES, level, random.nextInt(distractors + 1), tangled, random);
    List<Clause> clauses = draft.clauses();
    if (shuffled) {
      Draws.shuffle(clauses, random);
    }
    return GroveProblem.of(clauses, draft.question(), thing)
        .filter(problem -> problem.solution().size() == level + 1)
        .map(problem -> Example.of(name(), level, problem, String.join("", problem.solution())));
  }
}
