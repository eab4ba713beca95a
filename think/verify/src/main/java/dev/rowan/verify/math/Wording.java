package dev.rowan.verify.math;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Words that say what a formula could say. */
final class Wording {

  private static final Pattern REALS =
      Pattern.compile("(?:the set of )?(?:all )?(?:the )?real(?: number)?s|all real values?");

  private static final Pattern NOTHING = Pattern.compile(
      "(?:there (?:is|are) )?no (?:real )?(?:solution|root)s?(?: exists?)?|(?:the )?empty set");

  private static final Map<String, String> SAME =
      Map.of("dne", "does not exist", "undef", "undefined");

  private static final List<String> NUMBERS = List.of(
      "zero",
      "one",
      "two",
      "three",
      "four",
      "five",
      "six",
      "seven",
      "eight",
      "nine",
      "ten",
      "eleven",
      "twelve",
      "thirteen",
      "fourteen",
      "fifteen",
      "sixteen",
      "seventeen",
      "eighteen",
      "nineteen",
      "twenty");

  private Wording() {}

  /** What words in lower case say. */
  static Node of(String words) {
    int number = NUMBERS.indexOf(words);
    if (number >= 0) {
      return Node.Num.of(number);
    }
    if (REALS.matcher(words).matches()) {
      return Node.Tuple.REALS;
    }
    return NOTHING.matcher(words).matches()
        ? new Node.SetOf(List.of())
        : new Node.Words(SAME.getOrDefault(words, words));
  }
}
