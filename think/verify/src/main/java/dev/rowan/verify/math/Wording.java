package dev.rowan.verify.math;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words that say what a formula could say. */
final class Wording {

  private static final Pattern REALS =
      Pattern.compile("(?:the set of )?(?:all )?(?:the )?real(?: number)?s|all real values?");

  private static final Pattern NOTHING = Pattern.compile(
      "(?:there (?:is|are) )?no (?:real )?(?:solution|root)s?(?: exists?)?|(?:the )?empty set");

  private static final Pattern NUMBERS = Pattern.compile(
      "(?:the set of )?(?:all )?(?:the )?(integer|natural number|rational number|complex number)s");

  private static final Map<String, String> SAME =
      Map.of("dne", "does not exist", "undef", "undefined");

  private Wording() {}

  /** What words in lower case say. */
  static Node of(String words) {
    if (REALS.matcher(words).matches()) {
      return Node.Tuple.REALS;
    }
    Matcher numbers = NUMBERS.matcher(words);
    if (numbers.matches()) {
      String kind = numbers.group(1);
      String letter = kind.equals("integer")
          ? "Z"
          : kind.startsWith("rational") ? "Q" : kind.substring(0, 1).toUpperCase(Locale.ROOT);
      return Atoms.numbers(letter);
    }
    if (NOTHING.matcher(words).matches()) {
      return new Node.SetOf(List.of());
    }
    return NumberWords.of(words).orElseGet(() -> new Node.Words(SAME.getOrDefault(words, words)));
  }
}
