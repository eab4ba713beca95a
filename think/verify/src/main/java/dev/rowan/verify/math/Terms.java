package dev.rowan.verify.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads sums, products and powers. */
final class Terms {

  /** Commands that no factor starts with. */
  private static final Set<String> NO_FACTOR = Set.of(
      "\\cdot",
      "\\times",
      "\\div",
      "\\ast",
      "\\pm",
      "\\mp",
      "\\cup",
      "\\cap",
      "\\land",
      "\\wedge",
      "\\lor",
      "\\vee",
      "\\setminus",
      "\\backslash",
      "\\}",
      "\\rangle",
      "\\rfloor",
      "\\rceil",
      "\\rvert",
      "\\rVert",
      "\\end",
      "\\\\",
      "\\mid",
      "\\%",
      "\\pmod",
      "\\mod",
      "\\bmod",
      "\\choose",
      "\\in",
      "\\leq",
      "\\le",
      "\\leqslant",
      "\\geq",
      "\\ge",
      "\\geqslant",
      "\\lt",
      "\\gt",
      "\\neq",
      "\\ne",
      "\\not",
      "\\approx",
      "\\simeq",
      "\\sim",
      "\\equiv",
      "\\colon",
      "\\to",
      "\\rightarrow",
      "\\Rightarrow",
      "\\implies",
      "\\iff",
      "\\|",
      "\\&",
      "\\over",
      "\\circ",
      "\\degree",
      "\\$",
      "\\pounds",
      "\\euro");

  private static final Sign STARS = Sign.of("*^", "\\s*(\\*\\*|\\^)");
  private static final Sign FACTORIALS = Sign.of("!", "\\s*!{1,2}(?![=!])");
  private static final Sign EXPONENT_DIGITS = Sign.of(Sign.DIGITS, "\\s*[0-9]+(?:\\.[0-9]+)?");
  private static final Sign DEGREE = Sign.of(
      "^",
      "d",
      "\\s*(?:\\^\\s*(?:\\{\\s*\\\\circ\\s*\\}|\\\\circ(?![a-zA-Z]))|\\\\degree(?![a-zA-Z]))");
  private static final Sign PERCENT =
      Sign.of("%p\u0001", "%", "\\s*(?:\\\\?%|\u0001?(?:percent(?:age)?|pct)(?![a-zA-Z]))");
  private static final Sign MODULUS =
      Sign.of("(m\u0001", "\\s*(?:\\(\\s*\\\\?)?\u0001?mod(?![a-zA-Z])");
  private static final Sign DIGIT = Sign.of("0123456789.", "\\s*[0-9.]");

  private final Cursor cursor;
  private final Atoms atoms;

  Terms(Cursor cursor, Parser parser, MathText.Reading reading) {
    this.cursor = cursor;
    this.atoms = new Atoms(cursor, parser, this, reading);
  }

  Node sum() {
    cursor.enter();
    List<Node> terms = new ArrayList<>();
    boolean first = true;
    while (true) {
      if (cursor.acceptCommand("\\pm") || cursor.accept("+-") || cursor.accept("+/-")) {
        terms.add(new Node.PlusMinus(product(), true));
      } else if (cursor.acceptCommand("\\mp")) {
        terms.add(new Node.PlusMinus(product(), false));
      } else if (cursor.accept("-")) {
        terms.add(Node.Product.negative(product()));
      } else if (cursor.accept("+") || first) {
        terms.add(product());
      } else {
        break;
      }
      first = false;
    }
    cursor.leave();
    return terms.size() == 1 ? terms.getFirst() : new Node.Sum(terms);
  }

  /** Factors with signs of multiplication and division, or none, between. */
  Node product() {
    List<Node> factors = new ArrayList<>();
    factors.add(signed());
    while (true) {
      if (cursor.acceptCommand("\\cdot")
          || cursor.acceptCommand("\\times")
          || cursor.acceptCommand("\\ast")
          || (cursor.peek() == '*' && cursor.look(STARS).isEmpty() && cursor.accept("*"))) {
        factors.add(signed());
      } else if (cursor.acceptCommand("\\div") || (atSlash() && cursor.accept("/"))) {
        factors.add(Node.Power.reciprocal(signed()));
      } else if (startsFactor()) {
        factors.add(power());
      } else {
        return factors.size() == 1 ? factors.getFirst() : new Node.Product(factors);
      }
    }
  }

  /** A slash before a word belongs to a unit. */
  private boolean atSlash() {
    if (cursor.peek() != '/') {
      return false;
    }
    int place = cursor.at();
    cursor.accept("/");
    boolean unit = cursor.atWord();
    cursor.moveTo(place);
    return !unit;
  }

  private Node signed() {
    if (cursor.accept("-")) {
      cursor.enter();
      Node negative = Node.Product.negative(signed());
      cursor.leave();
      return negative;
    }
    cursor.accept("+");
    return power();
  }

  /** Whether a factor comes next, without a sign of multiplication. */
  private boolean startsFactor() {
    char next = cursor.peek();
    if (next == '\\') {
      return !NO_FACTOR.contains(cursor.command());
    }
    if (next == '(' || next == '{') {
      return cursor.look(MODULUS).isEmpty();
    }
    if (Character.isLetter(next) || next == Cursor.WORD) {
      return !cursor.atWord()
          && cursor.look(MODULUS).isEmpty()
          && !cursor.atConnective()
          && !atPlainRelation();
    }
    return next == '|'
        ? !atoms.insideBars()
        : Character.isDigit(next) && cursor.look(DIGIT).isPresent();
  }

  private boolean atPlainRelation() {
    String letters = cursor.letters();
    return letters.equals("U") && cursor.look(PLAIN_UNION).isPresent();
  }

  private static final Sign PLAIN_UNION = Sign.of("U", "\\s*U\\s*[\\[({\\\\]");

  /** A factor with its powers, factorials, percent and degree signs. */
  Node power() {
    Node base = postfix(atoms.atom());
    while (cursor.look(STARS).isPresent()) {
      cursor.suffix();
      if (cursor.read(DEGREE).isPresent()) {
        base = new Node.Quantity(base, "°");
      } else {
        cursor.read(STARS);
        base = postfix(new Node.Power(base, exponent()));
      }
    }
    return cursor.read(DEGREE).isPresent() ? new Node.Quantity(base, "°") : base;
  }

  /** What stands behind {@code ^}: a group, or a number with all its digits, or one atom; powers bind to the right. */
  Node exponent() {
    cursor.enter();
    Node exponent;
    if (cursor.accept("-")) {
      exponent = Node.Product.negative(exponent());
    } else {
      exponent = cursor
          .read(EXPONENT_DIGITS)
          .map(digits -> Numerals.of(digits.strip()))
          .orElseGet(atoms::argument);
      if (cursor.look(STARS).isPresent() && cursor.look(DEGREE).isEmpty()) {
        cursor.read(STARS);
        exponent = new Node.Power(exponent, exponent());
      }
    }
    cursor.leave();
    return exponent;
  }

  private Node postfix(Node atom) {
    Node result = atom;
    while (true) {
      Optional<String> factorial = cursor.read(FACTORIALS);
      if (factorial.isPresent()) {
        cursor.suffix();
        boolean twice = factorial.get().strip().length() == 2;
        result = Node.Call.of(twice ? "double-factorial" : "factorial", result);
      } else if (cursor.read(PERCENT).isPresent()) {
        cursor.suffix();
        result = new Node.Quantity(result, "%");
      } else {
        return result;
      }
    }
  }

  /** The argument of a function without brackets: factors up to the next function, sign or dot. */
  Node bareArgument() {
    cursor.enter();
    boolean negative = cursor.accept("-");
    List<Node> factors = new ArrayList<>();
    factors.add(power());
    while (startsFactor() && !atoms.atFunction()) {
      factors.add(power());
    }
    if (cursor.peek() == '/' && atSlash()) {
      cursor.accept("/");
      factors.add(Node.Power.reciprocal(power()));
    }
    cursor.leave();
    Node argument = factors.size() == 1 ? factors.getFirst() : new Node.Product(factors);
    return negative ? Node.Product.negative(argument) : argument;
  }
}
