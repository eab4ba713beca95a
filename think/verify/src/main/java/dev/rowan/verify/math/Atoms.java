package dev.rowan.verify.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads what a sum, product or power is made of: numbers, names, brackets, roots, functions. */
final class Atoms {

  private static final Sign DIGIT = Sign.of(Sign.DIGITS, "\\s*[0-9]");
  private static final Sign NEXT_PAIR = Sign.of("(", "\\s*\\([^(),]*,[^(),]*\\)");
  private static final Sign NEXT_BRACKET = Sign.of("(", "\\s*\\(");
  private static final Sign CURRENCY = Sign.of(
      "$€£¥₹R\u0001",
      "$pe",
      "\\s*(?:\\\\?\\$|€|£|¥|₹|\\\\pounds|\\\\euro|\u0001?Rs\\.?(?=\\s*[0-9]))\\s*");

  /** Letters that stand for functions when a bracket follows. */
  private static final Set<String> FUNCTIONS =
      Set.of("f", "g", "h", "F", "G", "H", "P", "Q", "W", "T", "R", "S");

  private static final Set<String> WRAPPERS = Set.of(
      "\\boxed",
      "\\fbox",
      "\\answer",
      "\\mathbin",
      "\\mathrel",
      "\\ensuremath",
      "\\mathop",
      "\\color");

  private final Cursor cursor;
  private final Parser parser;
  private final Terms terms;
  private final Brackets brackets;
  private final Numerals numerals;
  private final Combinations combinations;

  Atoms(Cursor cursor, Parser parser, Terms terms, MathText.Reading reading) {
    this.cursor = cursor;
    this.parser = parser;
    this.terms = terms;
    this.numerals = new Numerals(cursor, this, reading);
    this.brackets = new Brackets(cursor, parser, terms, numerals, reading);
    this.combinations = new Combinations(cursor);
  }

  /** Reads a sign of money, if one comes next, and says what it counts. */
  static Optional<String> currency(Cursor cursor) {
    return cursor.read(CURRENCY).map(sign -> switch (sign.strip()) {
      case "€", "\\euro" -> "euro";
      case "£", "\\pounds" -> "pound";
      case "¥" -> "yen";
      case "$", "\\$" -> "dollar";
      default -> "rupee";
    });
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
    Node atom = combinations
        .read()
        .or(numerals::highBase)
        .or(() -> currency(cursor).map(sign -> new Node.Quantity(terms.power(), sign)))
        .orElseGet(this::plain);
    cursor.leave();
    return atom;
  }

  private Node plain() {
    char next = cursor.peek();
    if ((next >= '0' && next <= '9') || next == '.') {
      return numerals.read();
    }
    if (next == '\\') {
      return command(cursor.command());
    }
    return Character.isLetter(next) || next == Cursor.WORD ? letters() : brackets.read();
  }

  /** The argument of a command: a group, or one digit, letter or command. */
  Node argument() {
    Optional<String> digit = cursor.read(DIGIT);
    if (digit.isPresent()) {
      return Numerals.of(digit.get().strip());
    }
    if (cursor.peek() == '{') {
      return brackets.read();
    }
    return atom();
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
      default -> new Node.Call(Functions.of(name), arguments());
    };
  }

  private List<Node> arguments() {
    cursor.expect("(");
    List<Node> arguments = parser.items();
    cursor.expect(")");
    return arguments;
  }

  static Node half() {
    return Node.Power.reciprocal(Node.Num.of(2));
  }

  /** A letter or Greek letter, with what belongs to its name; a function if it is one and a bracket follows. */
  private Node name(String letter) {
    StringBuilder name =
        new StringBuilder(letter.startsWith("\\var") ? "\\" + letter.substring(4) : letter);
    if (cursor.accept("_")) {
      name.append('_').append(cursor.raw().replaceAll("[\\s{}\u0001]", ""));
    }
    boolean primed = false;
    while (cursor.accept("'")) {
      name.append('\'');
      primed = true;
    }
    if (letter.equals("C") && cursor.look(NEXT_PAIR).isPresent()) {
      return new Node.Call(letter, arguments());
    }
    boolean function = primed || FUNCTIONS.contains(letter);
    if (function && cursor.look(NEXT_BRACKET).isPresent()) {
      return new Node.Call(name.toString(), arguments());
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
      case "min" -> function(name);
      case "det" -> determinant();
      case "sum", "prod" -> range(name);
      case "int", "lim", "begin" -> brackets.environment(name);
      default ->
        name.length() > 1 && Character.isLetter(name.charAt(0))
            ? name(command)
            : brackets.afterCommand(command);
    };
  }

  /** All real numbers are an interval; other sets of numbers have only their names. */
  static Node numbers(String letter) {
    return letter.equals("R")
        ? Node.Tuple.REALS
        : new Node.Name("\\mathbb " + letter.toUpperCase(Locale.ROOT));
  }

  /** A sum or product over a range, whose counter and ends stand below and above the sign. */
  private Node range(String name) {
    Optional<Node> high = cursor.accept("^") ? Optional.of(argument()) : Optional.empty();
    cursor.expect("_");
    cursor.expect("{");
    Node below = parser.element();
    cursor.expect("}");
    if (high.isEmpty()) {
      cursor.expect("^");
      high = Optional.of(argument());
    }
    if (!(below instanceof Node.Relation(List<Node> ends, List<String> operators))
        || !(ends.getFirst() instanceof Node.Name(String counter))
        || !operators.equals(List.of("="))) {
      throw cursor.unreadable();
    }
    return Ranges.of(name, counter, ends.getLast(), high.orElseThrow(), terms.product());
  }

  private Node determinant() {
    if (!(atom() instanceof Node.Matrix matrix)) {
      throw cursor.unreadable();
    }
    return Matrices.determinant(matrix).orElseThrow(cursor::unreadable);
  }

  private Node root() {
    Optional<Node> degree = Optional.empty();
    if (cursor.accept("[")) {
      degree = Optional.of(terms.sum());
      cursor.expect("]");
    }
    Optional<String> digits = cursor.read(Numerals.PLAIN);
    Node radicand = digits.map(Numerals::of).orElseGet(this::argument);
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
      arguments.addAll(0, arguments());
    } else if (cursor.acceptCommand("\\{")) {
      arguments.addAll(0, parser.items());
      if (!cursor.acceptCommand("\\}")) {
        throw cursor.unreadable();
      }
    } else {
      arguments.addFirst(terms.bareArgument());
    }
    Node call = new Node.Call(function, arguments);
    return power.map(exponent -> (Node) new Node.Power(call, exponent)).orElse(call);
  }
}
