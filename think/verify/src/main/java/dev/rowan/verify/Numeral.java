package dev.rowan.verify;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers as people and language models write them: {@code 42}, {@code -1,234.50}, {@code $18}, {@code 3/4}, {@code 2 1/2},
 * {@code \frac{3}{4}}. Exact; a number of more than 400 digits in a row is not read, and powers are never computed.
 */
final class Numeral {

  private static final String DIGITS = "[0-9]{1,400}+(?![0-9])";
  private static final String GROUPED =
      "[1-9][0-9]{0,2}(?:(?:,|\\{,\\}|\\\\,)[0-9]{3}){1,30}+(?![0-9])";
  private static final String WHOLE = "(?:" + GROUPED + "|" + DIGITS + ")";
  private static final String CURRENCY = "(?:\\\\?[$€£¥]\\s?)?";

  /** A minus is a sign unless something that ends an operand stands before it. */
  private static final String SIGN = "(?:(?<![\\p{Alnum})}%$])[-\u2212])?";

  /** What stands before a number that is a part of something larger: a power, a time, an argument of a command. */
  private static final String NOT_INSIDE =
      "(?<![0-9^_.])(?<![0-9][:,])(?<![}^]\\{)(?<!(?:sqrt|frac)\\{)";

  private static final Pattern NUMBER =
      Pattern.compile(NOT_INSIDE + "(?<sign>" + SIGN + ")" + CURRENCY
          + "(?<inner>[-\u2212]?)(?:"
          + "\\\\[dt]?frac\\s?(?:\\{(?<above>-?[0-9]{1,400})\\}\\s?\\{(?<below>[0-9]{1,400})\\}"
          + "|(?<top>[0-9])\\s?(?<bottom>[0-9]))"
          + "|(?<integer>" + DIGITS + ") (?<part>" + DIGITS + ")/(?<of>" + DIGITS + ")(?!\\s?/)"
          + "|(?<numerator>" + WHOLE + ")\\s?/\\s?(?<denominator>" + DIGITS + ")(?!\\s?/)"
          + "|(?<whole>" + WHOLE + ")(?<decimals>\\.[0-9]{1,400}+(?![0-9]))?"
          + "|(?<decimalsAlone>\\.[0-9]{1,400}+(?![0-9]))"
          + ")");

  /** What makes the number before it a part of an expression. */
  private static final Pattern GOES_ON = Pattern.compile(
      "\\s*(?:\\^|!|(?:[/+×÷·x-]|\\*{1,2})\\s?[0-9(\\\\]|\\\\(?:times|cdot|div|d?frac|sqrt|pi)\\b)"
          + "|[.:][0-9]|,\\s?[0-9]|\\(|_\\{?[0-9]|e[+-]?[0-9]|[xyzn]\\b");

  private final BigInteger numerator;
  private final BigInteger denominator;
  private final int start;
  private final int end;

  private Numeral(BigInteger numerator, BigInteger denominator, int start, int end) {
    BigInteger divisor = numerator.gcd(denominator);
    this.numerator = numerator.divide(divisor);
    this.denominator = denominator.divide(divisor);
    this.start = start;
    this.end = end;
  }

  /** The first number in {@code text}; empty if there is none or it is a part of an expression. */
  static Optional<Numeral> first(String text) {
    Matcher matcher = NUMBER.matcher(text);
    return matcher.find() && standsAlone(text, matcher) ? read(matcher) : Optional.empty();
  }

  /** The last number in {@code text} that is no part of an expression. */
  static Optional<Numeral> last(String text) {
    Matcher matcher = NUMBER.matcher(text);
    Optional<Numeral> last = Optional.empty();
    while (matcher.find()) {
      if (standsAlone(text, matcher)) {
        Optional<Numeral> next = read(matcher);
        last = next.isPresent() ? next : last;
      }
    }
    return last;
  }

  private static boolean standsAlone(String text, Matcher matcher) {
    return !GOES_ON.matcher(text).region(matcher.end(), text.length()).lookingAt();
  }

  private static Optional<Numeral> read(Matcher matcher) {
    BigInteger above;
    BigInteger below = BigInteger.ONE;
    if (matcher.start("above") >= 0) {
      above = new BigInteger(matcher.group("above"));
      below = whole(matcher.group("below"));
    } else if (matcher.start("top") >= 0) {
      above = whole(matcher.group("top"));
      below = whole(matcher.group("bottom"));
    } else if (matcher.start("integer") >= 0) {
      below = whole(matcher.group("of"));
      above = whole(matcher.group("integer")).multiply(below).add(whole(matcher.group("part")));
    } else if (matcher.start("numerator") >= 0) {
      above = whole(matcher.group("numerator"));
      below = whole(matcher.group("denominator"));
    } else {
      BigDecimal value = decimal(matcher);
      above = value.unscaledValue();
      below = BigInteger.TEN.pow(value.scale());
    }
    if (below.signum() == 0) {
      return Optional.empty();
    }
    boolean negative = matcher.end("sign") > matcher.start("sign")
        || matcher.end("inner") > matcher.start("inner");
    return Optional.of(
        new Numeral(negative ? above.negate() : above, below, matcher.start(), matcher.end()));
  }

  private static BigDecimal decimal(Matcher matcher) {
    if (matcher.start("decimalsAlone") >= 0) {
      return new BigDecimal("0" + matcher.group("decimalsAlone"));
    }
    BigDecimal whole = new BigDecimal(whole(matcher.group("whole")));
    return matcher.start("decimals") >= 0
        ? whole.add(new BigDecimal("0" + matcher.group("decimals")))
        : whole;
  }

  private static BigInteger whole(String digits) {
    return new BigInteger(digits.replaceAll("[^0-9]", ""));
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  /** The value in lowest terms: as decimal if that ends, else as fraction. */
  String canonical() {
    BigInteger rest =
        withoutFactor(withoutFactor(denominator, BigInteger.TWO), BigInteger.valueOf(5));
    if (!rest.equals(BigInteger.ONE)) {
      return numerator + "/" + denominator;
    }
    BigDecimal decimal = new BigDecimal(numerator).divide(new BigDecimal(denominator));
    return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
  }

  private static BigInteger withoutFactor(BigInteger number, BigInteger factor) {
    BigInteger rest = number;
    while (rest.mod(factor).signum() == 0) {
      rest = rest.divide(factor);
    }
    return rest;
  }
}
