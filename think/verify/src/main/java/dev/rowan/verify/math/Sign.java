package dev.rowan.verify.math;

import java.util.regex.Pattern;

/**
 * Something that a formula may go on with, and how that may start, so that most places are passed over without matching.
 *
 * @param starts the characters that it may start with, behind spaces; no backslash
 * @param commands the characters that may follow a backslash that it starts with
 * @param pattern what is matched
 */
record Sign(String starts, String commands, Pattern pattern) {

  static final String DIGITS = "0123456789";

  static Sign of(String starts, String regex) {
    return new Sign(starts, "", Pattern.compile(regex));
  }

  static Sign of(String starts, String commands, String regex) {
    return new Sign(starts, commands, Pattern.compile(regex));
  }

  /** Whether it may start with {@code first}, which {@code second} follows. */
  boolean mayStart(char first, char second) {
    return first == '\\' ? commands.indexOf(second) >= 0 : starts.indexOf(first) >= 0;
  }
}
