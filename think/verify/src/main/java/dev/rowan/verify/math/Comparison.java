package dev.rowan.verify.math;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Compares what two answers say. Sets and lists have no order, tuples and matrices have one, brackets count, a chain of
 * equations means its last side, and what only one of the two says (a unit, a name before the value) does not count.
 */
public final class Comparison {

  private final Options options;
  private final Work work;
  private final Scalars scalars;
  private final Sets sets;
  private final Equations equations;

  /**
   * How strict a comparison is.
   *
   * @param digits how many decimal places, and significant digits, a decimal needs to count as a rounded value
   * @param strict whether unknowns must have the same names
   */
  public record Options(int digits, boolean strict) {
    /** Six digits, and the same names. */
    public static final Options DEFAULT = new Options(6, true);
  }

  /** A comparison that may cost what is left of {@code work}. */
  public Comparison(Options options, Work work) {
    this.options = options;
    this.work = work;
    this.scalars = new Scalars(options.digits(), work);
    this.sets = new Sets(scalars, work);
    this.equations = new Equations(scalars, work);
  }

  /** Whether the two are the same answer. Never throws. */
  public Equality compare(MathText gold, MathText answer) {
    if (gold.node().isEmpty() || answer.node().isEmpty()) {
      return words(gold, answer);
    }
    Node a = gold.node().get();
    Node b = answer.node().get();
    if (a.equals(b)) {
      return Equality.EQUAL;
    }
    if (a instanceof Node.Words || b instanceof Node.Words) {
      return Equality.of(letters(gold.words()).equals(letters(answer.words())));
    }
    try {
      return options.strict() ? compare(a, b) : compare(Trees.renamed(a), Trees.renamed(b));
    } catch (Work.TooMuchException | ArithmeticException | Arithmetic.UndefinedException e) {
      return Equality.UNDECIDED;
    }
  }

  /** What is not understood is the same if it is written the same, and different only if it is plain words. */
  private static Equality words(MathText gold, MathText answer) {
    if (letters(gold.words()).equals(letters(answer.words()))) {
      return Equality.EQUAL;
    }
    return isProse(gold) && isProse(answer) ? Equality.DIFFERENT : Equality.UNDECIDED;
  }

  private static boolean isProse(MathText text) {
    return text.words().chars().allMatch(c -> Character.isLetter(c) || " '.,-()".indexOf(c) >= 0);
  }

  private static String letters(String words) {
    return words.replaceAll("[\\s\"]+", " ").strip();
  }

  private Equality compare(Node gold, Node answer) {
    work.charge(10);
    Node a = Matrices.computed(gold);
    Node b = Matrices.computed(answer);
    if (a.equals(b)) {
      return Equality.EQUAL;
    }
    if (Trees.hasPlusMinus(a) || Trees.hasPlusMinus(b)) {
      return compare(bothSigns(a), bothSigns(b));
    }
    Optional<Equality> asSets = isSet(a) || isSet(b) ? sets.compare(a, b) : Optional.empty();
    boolean bothTuples = a instanceof Node.Tuple && b instanceof Node.Tuple;
    if (asSets.isPresent() && !bothTuples) {
      return asSets.get();
    }
    if (a instanceof Node.Relation || b instanceof Node.Relation) {
      return relations(a, b);
    }
    if (a instanceof Node.Quantity || b instanceof Node.Quantity) {
      return quantities(a, b);
    }
    if (isCollection(a) || isCollection(b)) {
      return collections(a, b);
    }
    if (a instanceof Node.Words || b instanceof Node.Words) {
      return Equality.of(a.equals(b));
    }
    return scalars.compare(a, b);
  }

  /** Whether only a set of reals can be meant. */
  private static boolean isSet(Node node) {
    return switch (node) {
      case Node.SetOperation _ -> true;
      case Node.Relation(List<Node> _, List<String> operators) ->
        operators.stream().anyMatch(operator -> !operator.equals("=") && !operator.equals("~"));
      case Node.ListOf(List<Node> items, boolean _) ->
        items.stream().allMatch(item -> item instanceof Node.Relation && isSet(item));
      default -> false;
    };
  }

  /** Every "plus or minus" once with plus and once with minus, side by side. */
  private static Node bothSigns(Node node) {
    return switch (node) {
      case Node.SetOf(List<Node> items)
      when Trees.hasPlusMinus(node) -> new Node.SetOf(spread(items));
      case Node.ListOf(List<Node> items, boolean or)
      when Trees.hasPlusMinus(node) -> new Node.ListOf(spread(items), or);
      default -> {
        List<Node> spread = spread(List.of(node));
        yield spread.size() == 1 ? spread.getFirst() : new Node.ListOf(spread, true);
      }
    };
  }

  private static List<Node> spread(List<Node> items) {
    List<Node> spread = new ArrayList<>();
    for (Node item : items) {
      if (Trees.hasPlusMinus(item)) {
        spread.add(Trees.withSign(item, true));
        spread.add(Trees.withSign(item, false));
      } else {
        spread.add(item);
      }
    }
    return spread;
  }

  private Equality relations(Node a, Node b) {
    Claims left = Claims.of(a);
    Claims right = Claims.of(b);
    boolean both = a instanceof Node.Relation && b instanceof Node.Relation;
    if (both && left.value().isPresent() && right.value().isPresent()) {
      return claims(left, right);
    }
    if (both && isProportion(a) && isProportion(b)) {
      return proportions(((Node.Relation) a).sides(), ((Node.Relation) b).sides());
    }
    if (both) {
      return equations.compare((Node.Relation) a, (Node.Relation) b, this::compare);
    }
    Optional<Node> ratio = quotient(a).or(() -> quotient(b));
    if (ratio.isPresent()) {
      return compare(ratio.get(), quotient(a).isPresent() ? b : a);
    }
    if (left.value().isEmpty() || right.value().isEmpty()) {
      return Equality.DIFFERENT;
    }
    return compare(left.value().get(), right.value().get());
  }

  private static boolean isProportion(Node node) {
    return node instanceof Node.Relation(List<Node> sides, List<String> operators)
        && sides.size() > 2
        && operators.stream().allMatch(":"::equals);
  }

  /** Each side is to the next as in the other. */
  private Equality proportions(List<Node> a, List<Node> b) {
    if (a.size() != b.size()) {
      return Equality.DIFFERENT;
    }
    List<Equality> parts = new ArrayList<>();
    for (int i = 1; i < a.size(); i++) {
      parts.add(scalars.compare(
          Node.Product.of(a.get(i - 1), b.get(i)), Node.Product.of(a.get(i), b.get(i - 1))));
    }
    return Equality.all(parts);
  }

  /** What 3:4 is worth. */
  private static Optional<Node> quotient(Node node) {
    return node instanceof Node.Relation(List<Node> sides, List<String> operators)
            && operators.equals(List.of(":"))
        ? Optional.of(Node.Product.of(sides.getFirst(), Node.Power.reciprocal(sides.getLast())))
        : Optional.empty();
  }

  /** Two named values: other names for unknowns are other claims, unless both say the same with the sides turned. */
  private Equality claims(Claims left, Claims right) {
    boolean otherName = left.left() instanceof Node.Name
        && right.left() instanceof Node.Name
        && !left.left().equals(right.left());
    Equality values = compare(left.right(), right.right());
    if (!otherName) {
      return values;
    }
    boolean constants =
        Trees.unknowns(left.right()).isEmpty() && Trees.unknowns(right.right()).isEmpty();
    return constants ? Equality.DIFFERENT : equations.compare(left, right);
  }

  private Equality quantities(Node a, Node b) {
    String left = a instanceof Node.Quantity(Node _, String unit) ? unit : "";
    String right = b instanceof Node.Quantity(Node _, String unit) ? unit : "";
    Node x = a instanceof Node.Quantity(Node value, String _) ? value : a;
    Node y = b instanceof Node.Quantity(Node value, String _) ? value : b;
    if (left.equals(right)) {
      return compare(x, y);
    }
    if (left.equals("%") || right.equals("%") || left.equals("°") || right.equals("°")) {
      // 25 % may be called 25 as well as 0.25, and 90° 90 as well as π/2.
      return compare(x, y) == Equality.EQUAL ? Equality.EQUAL : scalars.compare(a, b);
    }
    if (left.isEmpty() || right.isEmpty()) {
      return compare(x, y);
    }
    if (left.startsWith("mod ") || right.startsWith("mod ")) {
      return Equality.DIFFERENT;
    }
    Units first = Units.of(left, work);
    Units second = Units.of(right, work);
    Equality kind = first.kind(second);
    if (kind == Equality.DIFFERENT) {
      return kind;
    }
    Equality values = isCollection(x) || isCollection(y)
        ? compare(x, y)
        : scalars.compare(scaled(x, first.factor()), scaled(y, second.factor()));
    return values == Equality.EQUAL ? kind : values;
  }

  private static Node scaled(Node value, Rational factor) {
    return factor.equals(Rational.ONE) ? value : Node.Product.of(value, new Node.Num(factor, -1));
  }

  private static boolean isCollection(Node node) {
    return node instanceof Node.Tuple
        || node instanceof Node.SetOf
        || node instanceof Node.ListOf
        || node instanceof Node.Matrix
        || node instanceof Node.SetOperation;
  }

  private Equality collections(Node a, Node b) {
    if (a instanceof Node.Matrix || b instanceof Node.Matrix) {
      return matrices(a, b);
    }
    if (a instanceof Node.SetOperation || b instanceof Node.SetOperation) {
      return setOperations(a, b);
    }
    if (a instanceof Node.Tuple first && b instanceof Node.Tuple second) {
      return first.open() == second.open() && first.close() == second.close()
          ? inOrder(first.items(), second.items())
          : Equality.DIFFERENT;
    }
    if (a instanceof Node.Tuple(char _, List<Node> items, char _)) {
      return tuple(items, b);
    }
    if (b instanceof Node.Tuple(char _, List<Node> items, char _)) {
      return tuple(items, a);
    }
    return unordered(elements(a), elements(b));
  }

  /** Sets that are no sets of reals: part by part, in either order where that does not matter. */
  private Equality setOperations(Node a, Node b) {
    if (!(a instanceof Node.SetOperation(String operator, Node left, Node right))
        || !(b instanceof Node.SetOperation(String other, Node otherLeft, Node otherRight))
        || !operator.equals(other)) {
      return Equality.UNDECIDED;
    }
    Equality same = inOrder(List.of(left, right), List.of(otherLeft, otherRight));
    if (same == Equality.EQUAL || operator.equals("minus")) {
      return same == Equality.EQUAL ? same : Equality.UNDECIDED;
    }
    Equality turned = inOrder(List.of(left, right), List.of(otherRight, otherLeft));
    return turned == Equality.EQUAL ? turned : Equality.UNDECIDED;
  }

  private static List<Node> elements(Node node) {
    return switch (node) {
      case Node.SetOf(List<Node> items) -> items;
      case Node.ListOf(List<Node> items, boolean _) -> items;
      default -> List.of(node);
    };
  }

  /** A list without brackets may stand for a tuple; a set, or one value, may not. */
  private Equality tuple(List<Node> items, Node other) {
    if (other instanceof Node.SetOf(List<Node> one) && one.size() == 1) {
      return one.getFirst() instanceof Node.Tuple(char _, List<Node> others, char _)
          ? inOrder(items, others)
          : Equality.DIFFERENT;
    }
    return other instanceof Node.ListOf(List<Node> others, boolean _)
        ? inOrder(items, others)
        : Equality.DIFFERENT;
  }

  private Equality inOrder(List<Node> a, List<Node> b) {
    if (a.size() != b.size()) {
      return Equality.DIFFERENT;
    }
    List<Equality> parts = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      parts.add(compare(a.get(i), b.get(i)));
    }
    return Equality.all(parts);
  }

  /** Each of one has its match in the other. What the gold answer names once may be named again. */
  private Equality unordered(List<Node> a, List<Node> b) {
    work.charge(10L * a.size() * b.size());
    boolean repeats = new HashSet<>(a).size() < a.size();
    if (repeats && a.size() != b.size()) {
      return Equality.DIFFERENT;
    }
    List<Node> left = new ArrayList<>(b);
    boolean undecided = false;
    for (Node item : a) {
      Optional<Node> match = first(item, left, Equality.EQUAL);
      if (match.isPresent()) {
        left.remove(match.get());
      } else if (first(item, left, Equality.UNDECIDED).isPresent()) {
        undecided = true;
      } else {
        return Equality.DIFFERENT;
      }
    }
    for (Node item : undecided ? List.<Node>of() : left) {
      if (repeats || first(item, a, Equality.EQUAL).isEmpty()) {
        return first(item, a, Equality.UNDECIDED).isPresent()
            ? Equality.UNDECIDED
            : Equality.DIFFERENT;
      }
    }
    return undecided ? Equality.UNDECIDED : Equality.EQUAL;
  }

  private Optional<Node> first(Node item, List<Node> among, Equality wanted) {
    return among.stream().filter(other -> compare(item, other) == wanted).findFirst();
  }

  private Equality matrices(Node a, Node b) {
    List<List<Node>> left = rows(a);
    List<List<Node>> right = rows(b);
    boolean vectors = !(a instanceof Node.Matrix) || !(b instanceof Node.Matrix);
    if (vectors && (left.size() == 1 || right.size() == 1)) {
      left = asRow(left);
      right = asRow(right);
    }
    if (left.size() != right.size()) {
      return Equality.DIFFERENT;
    }
    List<Equality> parts = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      parts.add(inOrder(left.get(i), right.get(i)));
    }
    return Equality.all(parts);
  }

  /** A tuple is a row. */
  private static List<List<Node>> rows(Node node) {
    return switch (node) {
      case Node.Matrix(List<List<Node>> rows) -> rows;
      case Node.Tuple(char _, List<Node> items, char _)
      when isListOfRows(items) ->
        items.stream().map(row -> ((Node.Tuple) row).items()).toList();
      case Node.Tuple tuple when tuple.round() -> List.of(tuple.items());
      default -> List.of(List.of(node));
    };
  }

  private static boolean isListOfRows(List<Node> items) {
    return items.stream().allMatch(Node.Tuple.class::isInstance);
  }

  private static List<List<Node>> asRow(List<List<Node>> rows) {
    boolean column = rows.size() > 1 && rows.getFirst().size() == 1;
    return column ? List.of(rows.stream().map(List::getFirst).toList()) : rows;
  }
}
