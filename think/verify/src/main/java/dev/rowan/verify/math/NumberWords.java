package dev.rowan.verify.math;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads numbers in words: "minus twelve", "three hundred and forty-two", "two thirds", "two and a half", "seven days". */
final class NumberWords {

  /** From zero to nineteen. */
  static final List<String> SMALL = List.of(
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
      "nineteen");

  private static final List<String> TENS =
      List.of("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");

  private static final Map<String, Long> SCALES = Map.of(
      "thousand",
      1_000L,
      "million",
      1_000_000L,
      "billion",
      1_000_000_000L,
      "trillion",
      1_000_000_000_000L);

  private static final List<String> PARTS =
      List.of("half", "third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth");

  private static final Set<String> SIGNS = Set.of("minus", "negative");
  private static final Pattern BETWEEN = Pattern.compile("[\\s-]+");
  private static final int MOST_WORDS = 16;

  private final List<String> words;
  private int at;
  private long total;
  private long current;
  private boolean some;

  private NumberWords(List<String> words) {
    this.words = words;
  }

  /** The number that words in lower case say, with at most one word of what is counted; empty if they say none. */
  static Optional<Node> of(String text) {
    List<String> words = BETWEEN.splitAsStream(text).limit(MOST_WORDS).toList();
    return new NumberWords(words).read();
  }

  private String word(int ahead) {
    return at + ahead < words.size() ? words.get(at + ahead) : "";
  }

  private Optional<Node> read() {
    boolean negative = SIGNS.contains(word(0));
    at += negative ? 1 : 0;
    Optional<Rational> number = number();
    if (number.isEmpty() || words.size() - at > 1) {
      return Optional.empty();
    }
    Node value = new Node.Num(negative ? number.get().negate() : number.get(), -1);
    String unit = word(0).equals("percent") ? "%" : word(0);
    return Optional.of(unit.isEmpty() ? value : new Node.Quantity(value, unit));
  }

  private Optional<Rational> number() {
    boolean article = word(0).equals("a") || word(0).equals("an");
    if (article && isCounted(word(1))) {
      at++;
      some = true;
      current = 1;
    }
    while (whole()) {
      some = true;
    }
    int part = part(word(0));
    if (part > 0 && (some || part == 2)) {
      at++;
      return total == 0 ? Optional.of(Rational.of(some ? current : 1, part)) : Optional.empty();
    }
    boolean half = some && word(0).equals("and") && word(1).matches("an?|one") && part(word(2)) > 0;
    Rational whole = Rational.of(total + current);
    if (half) {
      Rational rest = Rational.of(1, part(word(2)));
      at += 3;
      return Optional.of(whole.plus(rest, new Work(Work.LIMIT)));
    }
    return some ? Optional.of(whole) : Optional.empty();
  }

  private static boolean isCounted(String word) {
    return word.equals("hundred")
        || word.equals("dozen")
        || SCALES.containsKey(word)
        || part(word) > 0;
  }

  /** What a part is of: 2 for a half; 0 if the word names none. */
  private static int part(String word) {
    String one = word.equals("halves")
        ? "half"
        : word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
    return one.equals("fourth") ? 4 : PARTS.indexOf(one) < 0 ? 0 : PARTS.indexOf(one) + 2;
  }

  /** Reads one more word of a whole number, if there is one that may follow. */
  private boolean whole() {
    String word = word(0);
    int digits = SMALL.indexOf(word);
    int tens = TENS.indexOf(word);
    if (digits >= 0 && current % (digits < 10 && digits > 0 ? 10 : 100) == 0 && isOpen(digits)) {
      current += digits;
    } else if (tens >= 0 && current % 100 == 0) {
      current += 10L * (tens + 2);
    } else if (word.equals("hundred") && some && current > 0 && current < 100) {
      current *= 100;
    } else if (word.equals("dozen") && some && total == 0) {
      current *= 12;
    } else if (SCALES.containsKey(word) && some && current > 0 && current < 1_000) {
      total += current * SCALES.get(word);
      current = 0;
    } else if (word.equals("and") && some && isWhole(word(1))) {
      at++;
      return whole();
    } else {
      return false;
    }
    at++;
    return true;
  }

  /** Whether a number below twenty may follow: nothing follows "ten", and nothing but digits follows "twenty". */
  private boolean isOpen(int digits) {
    return digits > 0 ? current % 100 == 0 || current % 100 >= 20 : !some;
  }

  private static boolean isWhole(String word) {
    return SMALL.contains(word) || TENS.contains(word);
  }
}
