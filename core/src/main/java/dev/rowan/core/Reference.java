package dev.rowan.core;

import java.util.List;
import java.util.Optional;

/** What "correct" means for a problem. */
public sealed interface Reference {

  /**
   * The answer is this value.
   *
   * @param value the answer as text, such as {@code "42"}
   */
  record FinalAnswer(String value) implements Reference {}

  /**
   * The answer is a program that passes these tests.
   *
   * @param language such as {@code python}
   * @param prompt code that the answer goes on from or may rely on, such as imports and the head of the function; else empty
   * @param entryPoint the function under test; empty for a whole program, and where the tests say it themselves
   * @param tests what it must do
   */
  record UnitTests(String language, String prompt, String entryPoint, Tests tests)
      implements Reference {}

  /**
   * One of several choices is right.
   *
   * @param letter the one, such as {@code "C"}
   */
  record Choice(String letter) implements Reference {}

  /**
   * The answer is a JSON document of this form.
   *
   * @param json a JSON Schema, as text
   */
  record Schema(String json) implements Reference {}

  /**
   * The answer is a Lean 4 text that proves this.
   *
   * @param name the theorem's name
   * @param statement Lean text up to and without {@code :=}; definitions of its own may stand before the theorem
   */
  record Theorem(String name, String statement) implements Reference {}

  /** Nothing is known: no verifier can decide. */
  record None() implements Reference {}

  /** What a program must do. */
  sealed interface Tests {

    /**
     * Code that fails where the program is wrong: a function {@code check(candidate)}, or assertions.
     *
     * @param code in the language of the program
     */
    record Assertions(String code) implements Tests {}

    /**
     * What the program prints, or what its entry point returns.
     *
     * @param pairs never empty
     */
    record Pairs(List<Pair> pairs) implements Tests {

      /**
       * Copies the list.
       *
       * @throws IllegalArgumentException if it is empty
       */
      public Pairs {
        pairs = List.copyOf(pairs);
        if (pairs.isEmpty()) {
          throw new IllegalArgumentException("no pairs of input and output: give at least one");
        }
      }
    }
  }

  /**
   * One input and its output. For a whole program, what it reads and prints; for an entry point, its arguments as a JSON
   * array and the value that it returns as JSON, {@code null} for a procedure. What it leaves of its arguments counts only
   * if the test says so.
   *
   * @param input what goes in
   * @param output what comes out
   * @param arguments the arguments after the call, as a JSON array; empty if they are its own affair
   */
  record Pair(String input, String output, Optional<String> arguments) {

    /** A pair that says nothing of the arguments after the call. */
    public Pair(String input, String output) {
      this(input, output, Optional.empty());
    }
  }
}
