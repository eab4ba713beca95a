package dev.rowan.verify.code;

import java.util.List;

/**
 * What a fork server is to run. The names are those of {@code server.py}.
 *
 * @param mode {@code answer}, {@code program} or {@code tests}
 * @param direct whether the run talks to one of the twin server; else the verifier itself asks it
 * @param sources readings of the answer, of which the first that compiles is meant
 * @param entry the function under test; may be empty
 * @param prompt code that the problem itself gives
 * @param tests code of the tests
 * @param asChanged whether the tests see what a function that returns something did to its arguments
 * @param wall seconds
 * @param cpu seconds of processor time
 * @param memory bytes of address space
 * @param output most bytes that the verifier takes from it
 */
record Order(
    String mode,
    boolean direct,
    List<String> sources,
    String entry,
    String prompt,
    String tests,
    boolean asChanged,
    double wall,
    long cpu,
    long memory,
    long output) {

  /** What the server itself needs to know. The rest only the run gets to see. */
  record Head(String mode, boolean direct, double wall, long output) {}

  Head head() {
    return new Head(mode, direct, wall, output);
  }
}
