package dev.rowan.verify.nano;

import java.util.List;
import java.util.Optional;

/** A prompt of one of the nano families, parsed. */
public sealed interface NanoProblem permits GroveProblem, CountdownProblem {

  /** The smallest quantity that may appear. */
  int MIN_VALUE = 1;

  /** The largest quantity that may appear: numbers have at most two digits. */
  int MAX_VALUE = 99;

  /** The problem that {@code text} states, with or without its line break; empty if it is of neither family. */
  static Optional<NanoProblem> parse(String text) {
    return CountdownProblem.parse(text)
        .<NanoProblem>map(problem -> problem)
        .or(() -> GroveProblem.parse(text));
  }

  /** The prompt: one line, with its line break. */
  String text();

  /** The same for two problems exactly if they differ only in the order in which they say the same. */
  String key();

  /** The answer. */
  int answer();

  /** A solution with no line yet. */
  Progress start();

  /** The line that ends a right solution; it has no line break. */
  default String finalLine() {
    return "#### " + answer();
  }

  /** How far a solution has come. Immutable. */
  interface Progress {

    /** Every true line that may come next, each once, with its line break if it has one; none after the last line. */
    List<String> trueLines();

    /** The progress after {@code trueLine}, one of {@link #trueLines()}. */
    Progress after(String trueLine);
  }

  /** A finished solution. */
  record Finished() implements Progress {

    @Override
    public List<String> trueLines() {
      return List.of();
    }

    @Override
    public Progress after(String trueLine) {
      throw new IllegalArgumentException(
          "nothing follows the last line of a solution: " + trueLine);
    }
  }
}
