package dev.rowan.verify.math;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;

/** Reads numbers as they are written: with groups, decimals that repeat, a base, a fraction behind. */
final class Numerals {

  private static final Sign GROUPED = Sign.of(
      Sign.DIGITS, "[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+|(?: [0-9]{3})+)(?![0-9])(?:\\.[0-9]+)?");
  /** Digits with at most one decimal point. */
  static final Sign PLAIN = Sign.of("0123456789.", "[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+");

  private static final Sign SCIENTIFIC = Sign.of("eE", "[eE][+-]?[0-9]{1,5}(?![0-9a-zA-Z])");
  private static final Sign DECIMAL_COMMA =
      Sign.of(Sign.DIGITS, "(?:0|[1-9][0-9]*),(?:[0-9]{2}|[0-9]{4,}|(?<=\\b0,)[0-9]+)(?![0-9,])");
  private static final Sign EUROPEAN = Sign.of(
      Sign.DIGITS, "[1-9][0-9]{0,2}(?:(?:[. ][0-9]{3})+,[0-9]+|(?:\\.[0-9]{3}){2,})(?![0-9])");
  private static final Sign REPEATING =
      Sign.of("", "obd", "\\\\(?:overline|bar|dot)\\s*\\{?([0-9]+)\\}?");
  private static final Sign IN_BRACKETS = Sign.of("(", "\\(([0-9]+)\\)");
  private static final Sign ELLIPSIS =
      Sign.of(".…", "lcd", "\\s*(?:\\.\\.\\.|…|\\\\[lc]?dots(?![a-z]))");
  private static final Sign MIXED = Sign.of(
      "",
      "dtcf",
      "\\s*\\\\[dtc]?frac\\s*(?:\\{\\s*[0-9]+\\s*\\}\\s*\\{\\s*[0-9]+\\s*\\}|[0-9]\\s*[0-9])");
  private static final Sign MIXED_PLAIN =
      Sign.of(Sign.DIGITS, "\\s+([0-9]{1,9})/([0-9]{1,9})(?![0-9/])");

  private static final String RADIX =
      "\\(?\\s*(?:\u0001?base\\s*)?(?:\u0001?[a-z]+|[0-9]{1,2})\\s*\\)?";
  private static final Sign BASE = Sign.of(
      "_\u0001",
      "\\s*_\\s*(?:\\{\\s*" + RADIX
          + "\\s*\\}|[0-9]+)|\\s+\u0001base\\s+(?:\u0001?[a-z]+|[0-9]{1,2})(?![0-9])");

  /** Digits beyond 9, which only a base beyond 10 has. */
  private static final Sign HIGH_BASE = Sign.of(
      "0123456789ABCDEF\u0001",
      "\u0001?(?<![0-9A-Za-z])(?:[0-9][0-9A-F]*[A-F][0-9A-F]*|[A-F][0-9A-F]+)\\s*_\\s*(?:\\{\\s*1[1-6]\\s*\\}|1[1-6](?![0-9]))");

  private static final Sign PREFIXED =
      Sign.of("0", "0(?:[xX][0-9A-Fa-f]+|[bB][01]+|[oO][0-7]+)(?![0-9A-Za-z])");

  /** The end of a number's place in a row: first, 2nd. */
  private static final Sign ORDINAL =
      Sign.of("^snrt\u0001", "(?:\\s*\\^\\s*\\{?)?\\s*\u0001?(?:st|nd|rd|th)(?![a-zA-Z])\\s*\\}?");

  /** What follows a whole number that is nothing but its digits. */
  private static final String PLAIN_END = "\0)]}+-*/^!%=<>&|;(";

  /** From two to twelve. */
  private static final List<String> BASES = NumberWords.SMALL.subList(2, 13);

  private static final int MAX_DIGITS = 2_000;
  private static final int MAX_FAST_DIGITS = 18;

  private final Cursor cursor;
  private final Atoms atoms;
  private final MathText.Reading reading;
  private final boolean indexed;

  Numerals(Cursor cursor, Atoms atoms, MathText.Reading reading) {
    this.cursor = cursor;
    this.atoms = atoms;
    this.reading = reading;
    this.indexed = cursor.has("_");
  }

  /** Reads a number with digits beyond 9, such as {@code 1A_{16}}. */
  Optional<Node> highBase() {
    if (!indexed) {
      return Optional.empty();
    }
    return cursor.skipSpaces().read(HIGH_BASE).map(number -> {
      String[] parts = number.replaceAll("[\\s{}\u0001]", "").split("_", 2);
      return inBase(parts[0], parts[1]);
    });
  }

  /** Reads a number that starts with a digit or a decimal point. */
  Node read() {
    cursor.skipSpaces();
    Optional<Node> plain = plain();
    if (plain.isPresent()) {
      return plain.get();
    }
    Optional<String> prefixed = cursor.read(PREFIXED);
    if (prefixed.isPresent()) {
      int radix =
          switch (prefixed.get().charAt(1)) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            default -> 2;
          };
      return new Node.Num(Rational.of(new BigInteger(prefixed.get().substring(2), radix)), -1);
    }
    String digits = digits();
    Node number = of(digits);
    return digits.contains(".") ? decimals(digits, number) : whole(digits, number);
  }

  /** Most numbers are a few digits, with nothing behind them that could belong to them. */
  private Optional<Node> plain() {
    int start = cursor.at();
    int whole = digitsEnd(start);
    boolean decimal = cursor.charAt(whole) == '.' && digitsEnd(whole + 1) > whole + 1;
    int end = decimal ? digitsEnd(whole + 1) : whole;
    boolean some = whole > start && end - start <= MAX_FAST_DIGITS;
    if (!some || !endsNumber(end, decimal)) {
      return Optional.empty();
    }
    String digits = cursor.take(end);
    return Optional.of(decimal ? of(digits) : Node.Num.of(Long.parseLong(digits)));
  }

  private int digitsEnd(int place) {
    int end = place;
    while (cursor.charAt(end) >= '0' && cursor.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  private boolean endsNumber(int end, boolean decimal) {
    char next = cursor.charAt(end);
    boolean ordinal = next == '^' && cursor.hasWords();
    boolean repeating = next == '(' && decimal;
    boolean item = next == ',' && !cursor.commasGroupDigits();
    return item || (PLAIN_END.indexOf(next) >= 0 && !ordinal && !repeating);
  }

  /** Reads digits with at most one decimal point. */
  private String digits() {
    boolean top = cursor.commasGroupDigits();
    if (top && reading == MathText.Reading.PLAIN) {
      Optional<String> comma = cursor.read(EUROPEAN).or(() -> cursor.read(DECIMAL_COMMA));
      if (comma.isPresent()) {
        // Whatever follows decimals with a point may follow these.
        return comma.get().replaceAll("[. ]", "").replace(',', '.');
      }
    }
    Optional<String> grouped = top && reading != MathText.Reading.COMMAS_SEPARATE
        ? cursor.read(GROUPED)
        : Optional.empty();
    String digits = grouped.or(() -> cursor.read(PLAIN)).orElseThrow(cursor::unreadable);
    if (digits.length() > MAX_DIGITS) {
      throw cursor.unreadable();
    }
    if (digits.endsWith(".")
        && cursor.look(REPEATING).isEmpty()
        && cursor.look(IN_BRACKETS).isEmpty()) {
      cursor.moveTo(cursor.at() - 1);
      digits = digits.substring(0, digits.length() - 1);
    }
    if (digits.isEmpty()) {
      throw cursor.unreadable();
    }
    return digits.replace(",", "").replace(" ", "");
  }

  /** A number of digits with at most one decimal point. */
  static Node of(String digits) {
    int point = digits.indexOf('.');
    return new Node.Num(
        Rational.of(new BigDecimal(digits)), point < 0 ? -1 : digits.length() - point - 1);
  }

  private Node decimals(String digits, Node plain) {
    Optional<String> repeating = cursor.read(REPEATING).or(() -> cursor.read(IN_BRACKETS));
    if (repeating.isEmpty() && cursor.read(ELLIPSIS).isPresent()) {
      return goingOn(digits, plain);
    }
    if (repeating.isPresent()) {
      return repeating(digits, repeating.get().replaceAll("[^0-9]", ""));
    }
    return scientific(plain);
  }

  /** {@code 0.1666...}: the shortest period that stands there twice. */
  private static Node goingOn(String digits, Node plain) {
    String places = digits.substring(digits.indexOf('.') + 1);
    for (int length = 1; 2 * length <= places.length(); length++) {
      String period = places.substring(places.length() - length);
      if (places.endsWith(period + period)) {
        return repeating(digits, period);
      }
    }
    return plain;
  }

  private Node scientific(Node plain) {
    Optional<String> power = cursor.read(SCIENTIFIC);
    if (power.isEmpty()) {
      return plain;
    }
    int exponent = Integer.parseInt(power.get().substring(1));
    return Node.Product.of(plain, new Node.Power(Node.Num.of(10), Node.Num.of(exponent)));
  }

  /** {@code 0.1\overline{6}}: the digits that return are worth as much as a fraction of nines. */
  private static Node repeating(String digits, String period) {
    int places = digits.length() - digits.indexOf('.') - 1;
    BigInteger shift = BigInteger.TEN.pow(places);
    BigInteger nines = BigInteger.TEN.pow(period.length()).subtract(BigInteger.ONE);
    Rational fixed = Rational.of(new BigDecimal(digits.endsWith(".") ? digits + "0" : digits));
    Rational tail = Rational.of(new BigInteger(period), nines.multiply(shift));
    return new Node.Num(fixed.plus(tail, new Work(Work.LIMIT)), -1);
  }

  private Node whole(String digits, Node plain) {
    Optional<String> base = cursor.read(BASE);
    if (base.isPresent()) {
      return inBase(digits, base.get());
    }
    if (cursor.look(MIXED).isPresent()) {
      return new Node.Sum(List.of(plain, atoms.atom()));
    }
    Optional<String> part = cursor.read(MIXED_PLAIN);
    if (part.isPresent()) {
      Matcher fraction = MIXED_PLAIN.pattern().matcher(part.get());
      if (!fraction.lookingAt()) {
        throw cursor.unreadable();
      }
      return new Node.Sum(List.of(
          plain,
          Node.Product.of(of(fraction.group(1)), Node.Power.reciprocal(of(fraction.group(2))))));
    }
    cursor.read(ORDINAL);
    return scientific(plain);
  }

  /** A number in brackets, which may have a base behind them: {@code (101)_2}. */
  Node inBrackets(Node number) {
    boolean digits =
        number instanceof Node.Num(Rational value, int places) && places < 0 && value.isWhole();
    Optional<String> base = digits ? cursor.read(BASE) : Optional.empty();
    return base.map(of -> inBase(((Node.Num) number).value().above().toString(), of))
        .orElse(number);
  }

  private Node inBase(String digits, String base) {
    String plain = base.replaceAll("[^0-9a-z]|base", "");
    int radix = plain.matches("[0-9]{1,2}")
        ? Integer.parseInt(plain)
        : plain.equals("sixteen") ? 16 : BASES.indexOf(plain) + 2;
    boolean valid =
        radix >= 2 && radix <= 36 && digits.chars().allMatch(c -> Character.digit(c, radix) >= 0);
    if (!valid) {
      throw cursor.unreadable();
    }
    return new Node.Num(Rational.of(new BigInteger(digits, radix)), -1);
  }
}
