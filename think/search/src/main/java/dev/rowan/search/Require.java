package dev.rowan.search;

/** Checks settings. */
final class Require {

  private Require() {}

  /**
   * Returns {@code value}.
   *
   * @throws IllegalArgumentException naming it, if it is 0 or less
   */
  static int atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + ": choose 1 or more");
    }
    return value;
  }
}
