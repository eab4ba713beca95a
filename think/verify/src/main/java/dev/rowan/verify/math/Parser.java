package dev.rowan.verify.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads answers: lists of comparisons of sets and values. */
final class Parser {

  private static final Sign RELATION = Sign.of(
      "<>=!:i≡\u0001",
      "lgneasic",
      "<=|>=|=<|=>|!=|==|=|<|>|:(?!\\d{3})|\\\\(?:leqslant|geqslant|leq|geq|le|ge|lt|gt|neq|ne|approx|simeq|sim|equiv|in|colon)(?![a-zA-Z])"
          + "|\u0001?in(?=\\s*[\\[({\\\\])|≡");

  private static final Map<String, String> OPERATORS = Map.ofEntries(
      Map.entry("=<", "<="),
      Map.entry("=>", ">="),
      Map.entry("==", "="),
      Map.entry("\\leq", "<="),
      Map.entry("\\le", "<="),
      Map.entry("\\leqslant", "<="),
      Map.entry("\\geq", ">="),
      Map.entry("\\ge", ">="),
      Map.entry("\\geqslant", ">="),
      Map.entry("\\lt", "<"),
      Map.entry("\\gt", ">"),
      Map.entry("\\neq", "!="),
      Map.entry("\\ne", "!="),
      Map.entry("\\approx", "~"),
      Map.entry("\\simeq", "~"),
      Map.entry("\\sim", "~"),
      Map.entry("\\equiv", "="),
      Map.entry("≡", "="),
      Map.entry("\\in", "in"),
      Map.entry("\\colon", ":"));

  /** A sign of alignment before one of comparison. */
  private static final Sign ALIGNED =
      Sign.of("&", "&\\s*(?=[=<>≡]|\\\\(?:[lg]eq?|approx|neq?|in|equiv)(?![a-zA-Z]))");

  private static final Sign NOT = Sign.of("", "n", "\\\\not\\s*");
  private static final Sign UNIT_SIGN =
      Sign.of("^/-'", "\\s*(\\^\\s*\\{?\\d\\}?|/(?=\\s*\u0001?[a-zA-Z])|[-'](?=\\p{L}))");
  private static final Sign UNIT_POWER = Sign.of("^", "\\s*\\^\\s*\\{?\\d\\}?");
  private static final Sign MODULUS = Sign.of(
      "(m\u0001", "pbm", "\\s*(?:\\\\[pb]?mod|\\(\\s*\\\\?\u0001?mod|\u0001?mod)(?![a-zA-Z])\\s*");
  private static final Sign DIGITS = Sign.of(Sign.DIGITS, "[0-9]+");
  private static final Sign NEGATIVE =
      Sign.of("\u0001", "(?i)\\s*\u0001(?:minus|negative)\\s+(?=[0-9$\\\\(.])");
  private static final Set<String> OR = Set.of("or", "OR", "\\lor", "\\vee");
  private static final Sign LEADING = Sign.of(
      "∴→⇒-",
      "Ritr",
      "(?:\\\\(?:Rightarrow|implies|therefore|rightarrow|to)(?![a-zA-Z])|∴|→|⇒|->)\\s*");

  private final Cursor cursor;
  private final Terms terms;

  Parser(Cursor cursor, MathText.Reading reading) {
    this.cursor = cursor;
    this.terms = new Terms(cursor, this, reading);
  }

  /** The whole text. */
  Node answer() {
    Optional<Node> number = cursor.skipSpaces().words().flatMap(NumberWords::of);
    if (number.isPresent()) {
      return number.get();
    }
    cursor.read(LEADING);
    Node answer = fraction();
    while (cursor.accept(".") || cursor.accept("?") || cursor.accept("!")) {
      // An answer may end like a sentence.
    }
    if (!cursor.atEnd()) {
      throw cursor.unreadable();
    }
    return answer;
  }

  /** A list, or what stands above and below {@code \choose} or {@code \over}. */
  Node fraction() {
    Node above = list();
    if (cursor.acceptCommand("\\choose")) {
      return Node.Call.of("binom", above, list());
    }
    return cursor.acceptCommand("\\over")
        ? Node.Product.of(above, Node.Power.reciprocal(list()))
        : above;
  }

  /** Elements with commas, semicolons, "and" or "or" between; a single one stands for itself. */
  Node list() {
    List<Node> groups = new ArrayList<>();
    boolean or = false;
    do {
      List<Node> items = new ArrayList<>();
      do {
        while (cursor.accept(",") || cursor.acceptCommand("\\\\")) {
          // More than one sign may separate two elements: ", and".
        }
        Optional<String> word = cursor.connective();
        or |= word.isPresent() && OR.contains(word.get());
        if (cursor.atEnd() || cursor.peek() == '}' || cursor.peek() == ';') {
          break;
        }
        items.add(element());
      } while (cursor.peek() == ',' || cursor.command().equals("\\\\") || cursor.atConnective());
      if (!items.isEmpty()) {
        groups.add(items.size() == 1 ? items.getFirst() : new Node.ListOf(items, or));
      }
    } while (cursor.accept(";"));
    if (groups.isEmpty()) {
      throw cursor.unreadable();
    }
    return groups.size() == 1 ? groups.getFirst() : new Node.ListOf(groups, or);
  }

  /** What stands between brackets: elements with commas or semicolons between. */
  List<Node> items() {
    cursor.enterItems();
    List<Node> items = new ArrayList<>();
    do {
      items.add(element());
    } while (cursor.accept(",") || cursor.accept(";"));
    cursor.leaveItems();
    return items;
  }

  /** A value, or a chain of comparisons. */
  Node element() {
    List<Node> sides = new ArrayList<>();
    List<String> operators = new ArrayList<>();
    if (cursor.peek() == '=') {
      cursor.accept("=");
    }
    sides.add(side());
    while (true) {
      cursor.skipSpaces();
      cursor.read(ALIGNED);
      boolean not = cursor.read(NOT).isPresent();
      Optional<String> operator = cursor.skipSpaces().read(RELATION);
      if (operator.isEmpty()) {
        break;
      }
      String plain = operator.get().replace("\u0001", "");
      operators.add(not ? "!=" : OPERATORS.getOrDefault(plain, plain));
      cursor.accept("&");
      sides.add(side());
    }
    if (operators.contains(":") && sides.stream().anyMatch(Node.Words.class::isInstance)) {
      throw cursor.unreadable(); // A heading, and what follows it.
    }
    return operators.isEmpty() ? sides.getFirst() : new Node.Relation(sides, operators);
  }

  /** A value or set, with what it counts. */
  private Node side() {
    if (cursor.read(NEGATIVE).isPresent()) {
      Node positive = side();
      return positive instanceof Node.Quantity(Node value, String counted)
          ? new Node.Quantity(Node.Product.negative(value), counted)
          : Node.Product.negative(positive);
    }
    if (cursor.atWord()) {
      return Wording.of(unit().toLowerCase(Locale.ROOT));
    }
    Node value = sets();
    if (cursor.skipSpaces().read(MODULUS).isPresent()) {
      String modulus = cursor.read(DIGITS).orElseGet(cursor::raw).strip();
      cursor.accept(")");
      return new Node.Quantity(value, Modulus.unit(modulus));
    }
    String unit = Atoms.currency(cursor).orElseGet(this::unit);
    return unit.isEmpty() ? value : new Node.Quantity(value, unit);
  }

  /** The words that come next, with powers and slashes among them. */
  private String unit() {
    StringBuilder unit = new StringBuilder();
    while (cursor.atWord()) {
      String last = unit.isEmpty() ? "" : unit.substring(unit.length() - 1);
      unit.append(last.isEmpty() || "/-'".contains(last) ? "" : " ").append(cursor.word());
      cursor.read(UNIT_SIGN).ifPresent(sign -> unit.append(sign.replaceAll("[{}\\s]", "")));
      if ("/-".indexOf(unit.charAt(unit.length() - 1)) >= 0) {
        unit.append(cursor.word());
        cursor.read(UNIT_POWER).ifPresent(sign -> unit.append(sign.replaceAll("[{}\\s]", "")));
      }
    }
    if (!unit.isEmpty() && cursor.accept(".") && !cursor.atEnd()) {
      // An abbreviation: "in. of rain".
      return unit + (cursor.atWord() ? " " + unit() : "");
    }
    return unit.toString();
  }

  private Node sets() {
    Node left = terms.sum();
    while (true) {
      String operator;
      if (cursor.acceptCommand("\\cup") || isPlainUnion(left)) {
        operator = "cup";
      } else if (cursor.acceptCommand("\\cap")) {
        operator = "cap";
      } else if (cursor.acceptCommand("\\setminus") || cursor.acceptCommand("\\backslash")) {
        operator = "minus";
      } else {
        return left;
      }
      left = new Node.SetOperation(operator, left, terms.sum());
    }
  }

  private boolean isPlainUnion(Node left) {
    boolean set = left instanceof Node.Tuple
        || left instanceof Node.SetOf
        || left instanceof Node.SetOperation;
    String letters = set ? cursor.letters() : "";
    if (!letters.equals("U") && !letters.equals("union")) {
      return false;
    }
    cursor.word();
    return true;
  }
}
