package dev.rowan.verify.math;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a sum, product or power is made of: numbers, names, brackets, roots, functions. */
final class Atoms {

  private static final Pattern GROUPED =
      Pattern.compile("[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+|(?: [0-9]{3})+)(?![0-9])(?:\\.[0-9]+)?");
  private static final Pattern PLAIN = Pattern.compile("[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+");
  private static final Pattern SCIENTIFIC = Pattern.compile("[eE][+-]?[0-9]{1,5}(?![0-9a-zA-Z])");
  private static final Pattern DECIMAL_COMMA =
      Pattern.compile("(?:0|[1-9][0-9]*),(?:[0-9]{2}|[0-9]{4,}|(?<=\\b0,)[0-9]+)(?![0-9,])");
  private static final Pattern EUROPEAN =
      Pattern.compile("[1-9][0-9]{0,2}(?:(?:[. ][0-9]{3})+,[0-9]+|(?:\\.[0-9]{3}){2,})(?![0-9])");
  private static final Pattern REPEATING =
      Pattern.compile("\\\\(?:overline|bar|dot)\\s*\\{?([0-9]+)\\}?");
  private static final Pattern IN_BRACKETS = Pattern.compile("\\(([0-9]+)\\)");
  private static final Pattern ELLIPSIS =
      Pattern.compile("\\s*(?:\\.\\.\\.|…|\\\\[lc]?dots(?![a-z]))");
  private static final Pattern MIXED = Pattern.compile(
      "\\s*\\\\[dtc]?frac\\s*(?:\\{\\s*[0-9]+\\s*\\}\\s*\\{\\s*[0-9]+\\s*\\}|[0-9]\\s*[0-9])");
  private static final Pattern MIXED_PLAIN =
      Pattern.compile("\\s+([0-9]{1,9})/([0-9]{1,9})(?![0-9/])");
  private static final Pattern BASE =
      Pattern.compile("\\s*_\\s*(?:\\{\\s*(?:\u0001?[a-z]+|[0-9]+)\\s*\\}|[0-9]+)");
  /** Digits beyond 9, which only a base beyond 10 has. */
  private static final Pattern HIGH_BASE = Pattern.compile(
      "(?<![0-9A-Za-z])(?:[0-9][0-9A-F]*[A-F][0-9A-F]*|[A-F][0-9A-F]+)\\s*_\\s*(?:\\{\\s*1[1-6]\\s*\\}|1[1-6](?![0-9]))");

  private static final Pattern DIGIT = Pattern.compile("\\s*[0-9]");
  private static final Pattern NEXT_BRACKET = Pattern.compile("\\s*\\(");
  private static final Pattern CURRENCY =
      Pattern.compile("\\s*(?:\\\\?\\$|€|£|¥|\\\\pounds|\\\\euro)\\s*");

  /** Letters that stand for functions when a bracket follows. */
  private static final Set<String> FUNCTIONS =
      Set.of("f", "g", "h", "F", "G", "H", "P", "Q", "W", "T", "R", "S");

  private static final Set<String> WRAPPERS =
      Set.of("\\boxed", "\\fbox", "\\mathbin", "\\mathrel", "\\ensuremath", "\\mathop", "\\color");

  private static final int MAX_DIGITS = 2_000;

  private final Cursor cursor;
  private final Parser parser;
  private final Terms terms;
  private final MathText.Reading reading;
  private final Brackets brackets;

  Atoms(Cursor cursor, Parser parser, Terms terms, MathText.Reading reading) {
    this.cursor = cursor;
    this.parser = parser;
    this.terms = terms;
    this.reading = reading;
    this.brackets = new Brackets(cursor, parser, terms, reading);
  }

  /** Reads a sign of money. */
  static boolean acceptCurrency(Cursor cursor) {
    return cursor.read(CURRENCY).isPresent();
  }

  boolean insideBars() {
    return brackets.insideBars();
  }

  /** Whether the name of a function comes next. */
  boolean atFunction() {
    String command = cursor.command();
    return Functions.isFunction(command.isEmpty() ? cursor.letters() : command.substring(1));
  }

  Node atom() {
    cursor.enter();
    Node atom;
    char next = cursor.peek();
    Optional<String> highDigits = cursor.skipSpaces().read(HIGH_BASE);
    if (highDigits.isPresent()) {
      String[] parts = highDigits.get().replaceAll("[\\s{}]", "").split("_", 2);
      atom = inBase(parts[0], parts[1]);
    } else if ((next >= '0' && next <= '9') || next == '.') {
      atom = number();
    } else if (acceptCurrency(cursor)) {
      atom = new Node.Quantity(terms.power(), "dollar");
    } else if (next == '\\') {
      atom = command(cursor.command());
    } else if (Character.isLetter(next) || next == Cursor.WORD) {
      atom = letters();
    } else {
      atom = brackets.read();
    }
    cursor.leave();
    return atom;
  }

  /** The argument of a command: a group, or one digit, letter or command. */
  Node argument() {
    Optional<String> digit = cursor.read(DIGIT);
    if (digit.isPresent()) {
      return number(digit.get().strip());
    }
    if (cursor.peek() == '{') {
      return brackets.read();
    }
    return atom();
  }

  private Node number() {
    boolean top = cursor.commasGroupDigits();
    if (top && reading == MathText.Reading.PLAIN) {
      Optional<String> comma = cursor.read(EUROPEAN).or(() -> cursor.read(DECIMAL_COMMA));
      if (comma.isPresent()) {
        return number(comma.get().replaceAll("[. ]", "").replace(',', '.'));
      }
    }
    Optional<String> grouped = top && reading != MathText.Reading.COMMAS_SEPARATE
        ? cursor.read(GROUPED)
        : Optional.empty();
    String digits = grouped.or(() -> cursor.read(PLAIN)).orElseThrow(cursor::unreadable);
    if (digits.length() > MAX_DIGITS || digits.equals(".")) {
      throw cursor.unreadable();
    }
    if (digits.endsWith(".")
        && cursor.look(REPEATING).isEmpty()
        && cursor.look(IN_BRACKETS).isEmpty()) {
      cursor.moveTo(cursor.at() - 1);
      digits = digits.substring(0, digits.length() - 1);
    }
    Node plain = number(digits.replace(",", "").replace(" ", ""));
    return digits.contains(".") ? decimals(digits, plain) : whole(digits, plain);
  }

  /** A number of digits with at most one decimal point. */
  static Node number(String digits) {
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
      return inBase(digits, base.get().replaceAll("[^0-9a-z]", ""));
    }
    if (cursor.look(MIXED).isPresent()) {
      return new Node.Sum(List.of(plain, atom()));
    }
    Optional<String> part = cursor.look(MIXED_PLAIN);
    if (part.isPresent()) {
      cursor.read(MIXED_PLAIN);
      Matcher fraction = MIXED_PLAIN.matcher(part.get());
      MatchResult found = fraction.results().findFirst().orElseThrow(cursor::unreadable);
      return new Node.Sum(List.of(
          plain,
          Node.Product.of(number(found.group(1)), Node.Power.reciprocal(number(found.group(2))))));
    }
    return scientific(plain);
  }

  private Node inBase(String digits, String base) {
    int radix =
        switch (base) {
          case "two" -> 2;
          case "three" -> 3;
          case "four" -> 4;
          case "five" -> 5;
          case "six" -> 6;
          case "seven" -> 7;
          case "eight" -> 8;
          case "nine" -> 9;
          case "ten" -> 10;
          case "sixteen" -> 16;
          default -> base.matches("[0-9]{1,2}") ? Integer.parseInt(base) : 0;
        };
    boolean valid =
        radix >= 2 && radix <= 36 && digits.chars().allMatch(c -> Character.digit(c, radix) >= 0);
    if (!valid) {
      throw cursor.unreadable();
    }
    return new Node.Num(Rational.of(new BigInteger(digits, radix)), -1);
  }

  private Node letters() {
    String letters = cursor.letters();
    boolean product = letters.length() > 1 && !Functions.isName(letters);
    if (cursor.atWord()) {
      throw cursor.unreadable();
    }
    String name = product ? letters.substring(0, 1) : letters;
    cursor.accept(String.valueOf(Cursor.WORD));
    cursor.moveTo(cursor.at() + name.length());
    if (Functions.isConstant(name)) {
      return Functions.constant(name);
    }
    if (Functions.isPlain(name)) {
      return plainFunction(name);
    }
    return Functions.isFunction(name) ? function(name) : name(name);
  }

  private Node plainFunction(String name) {
    return switch (name) {
      case "sqrt" -> new Node.Power(argument(), half());
      case "cbrt" -> Node.Call.of("root", argument(), Node.Num.of(3));
      default -> {
        cursor.expect("(");
        List<Node> arguments = parser.items();
        cursor.expect(")");
        yield new Node.Call(name, arguments);
      }
    };
  }

  static Node half() {
    return Node.Power.reciprocal(Node.Num.of(2));
  }

  /** A letter or Greek letter, with what belongs to its name; a function if it is one and a bracket follows. */
  private Node name(String letter) {
    StringBuilder name = new StringBuilder(letter);
    if (cursor.accept("_")) {
      name.append('_').append(cursor.raw().replaceAll("[\\s{}\u0001]", ""));
    }
    boolean primed = false;
    while (cursor.accept("'")) {
      name.append('\'');
      primed = true;
    }
    boolean function = primed || FUNCTIONS.contains(letter);
    if (function && cursor.look(NEXT_BRACKET).isPresent()) {
      cursor.expect("(");
      List<Node> arguments = parser.items();
      cursor.expect(")");
      return new Node.Call(name.toString(), arguments);
    }
    return new Node.Name(name.toString());
  }

  private Node command(String command) {
    if (command.length() < 2) {
      throw cursor.unreadable();
    }
    cursor.acceptCommand(command);
    if (WRAPPERS.contains(command)) {
      return argument();
    }
    String name = command.substring(1);
    if (Functions.isFunction(name)) {
      return function(name);
    }
    return switch (name) {
      case "frac", "dfrac", "tfrac", "cfrac" ->
        Node.Product.of(argument(), Node.Power.reciprocal(argument()));
      case "binom", "dbinom", "tbinom" -> Node.Call.of("binom", argument(), argument());
      case "sqrt" -> root();
      case "infty" -> Node.Name.INFINITY;
      case "pi" -> Node.Name.PI;
      case "mathbb" -> numbers(cursor.raw().strip());
      case "emptyset", "varnothing" -> new Node.SetOf(List.of());
      case "dots", "ldots", "cdots" -> new Node.Name("\\dots");
      case "overline", "overrightarrow", "vec", "hat", "bar", "widehat" ->
        Node.Call.of(command, argument());
      case "lfloor", "lceil", "lvert", "lVert", "langle" -> brackets.named(name);
      case "sum", "prod", "int", "lim", "begin" -> brackets.environment(name);
      default ->
        name.length() > 1 && Character.isLetter(name.charAt(0))
            ? name(command)
            : brackets.afterCommand(command);
    };
  }

  /** All real numbers are an interval; other sets of numbers have only their names. */
  private static Node numbers(String letter) {
    return letter.equals("R")
        ? Node.Tuple.REALS
        : new Node.Name("\\mathbb " + letter.toUpperCase(Locale.ROOT));
  }

  private Node root() {
    Optional<Node> degree = Optional.empty();
    if (cursor.accept("[")) {
      degree = Optional.of(terms.sum());
      cursor.expect("]");
    }
    Optional<String> digits = cursor.read(PLAIN);
    Node radicand = digits.map(Atoms::number).orElseGet(this::argument);
    return degree
        .map(n -> (Node) Node.Call.of("root", radicand, n))
        .orElseGet(() -> new Node.Power(radicand, half()));
  }

  /** A named function: its base, its power, then its argument with or without brackets. */
  private Node function(String name) {
    String function = Functions.of(name);
    List<Node> arguments = new ArrayList<>();
    if (cursor.accept("_")) {
      arguments.add(argument());
    }
    Optional<Node> power = Optional.empty();
    if (cursor.accept("^")) {
      Node exponent = terms.exponent();
      boolean inverse = Functions.hasInverse(function) && exponent.equals(Node.Num.of(-1));
      function = inverse ? Functions.inverse(function) : function;
      power = inverse ? Optional.empty() : Optional.of(exponent);
    }
    if (cursor.peek() == '(') {
      cursor.expect("(");
      arguments.addAll(0, parser.items());
      cursor.expect(")");
    } else {
      arguments.addFirst(terms.bareArgument());
    }
    Node call = new Node.Call(function, arguments);
    return power.map(exponent -> (Node) new Node.Power(call, exponent)).orElse(call);
  }
}
