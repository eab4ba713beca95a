package dev.rowan.verify.math;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
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
  private final Quantities quantities;

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
    this.quantities = new Quantities(scalars, work);
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
      return quantities.compare(a, b, this::compare);
    }
    Optional<Equality> asPoints = points(a, b);
    if (asPoints.isPresent()) {
      return asPoints.get();
    }
    if (isCollection(a) || isCollection(b)) {
      return collections(a, b);
    }
    if (a instanceof Node.Words || b instanceof Node.Words) {
      return Equality.of(a.equals(b));
    }
    return scalars.compare(a, b);
  }

  /** Points of the same name, or one of which only one says the name. */
  private Optional<Equality> points(Node a, Node b) {
    Optional<Node> first = point(a);
    Optional<Node> second = point(b);
    boolean some = (first.isPresent() && b instanceof Node.Tuple)
        || (second.isPresent() && a instanceof Node.Tuple);
    boolean same = a instanceof Node.Product(List<Node> one)
        && b instanceof Node.Product(List<Node> other)
        && first.isPresent()
        && second.isPresent()
        && one.getFirst().equals(other.getFirst());
    return some || same
        ? Optional.of(compare(first.orElse(a), second.orElse(b)))
        : Optional.empty();
  }

  /** A point behind its name: {@code A(1,2)}. */
  private static Optional<Node> point(Node node) {
    return switch (node) {
      case Node.Product(List<Node> factors)
      when factors.size() == 2
          && factors.getFirst() instanceof Node.Name
          && factors.getLast() instanceof Node.Tuple -> Optional.of(factors.getLast());
      case Node.Call(String name, List<Node> coordinates)
      when coordinates.size() > 1 && name.length() == 1 ->
        Optional.of(new Node.Tuple('(', coordinates, ')'));
      default -> Optional.empty();
    };
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

  static boolean isCollection(Node node) {
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
    if (a instanceof Node.Tuple tuple) {
      return tuple(tuple, b);
    }
    if (b instanceof Node.Tuple tuple) {
      return tuple(tuple, a);
    }
    boolean counted = !(a instanceof Node.SetOf);
    return unordered(elements(a), elements(b), counted);
  }

  /** Sets that are no sets of reals: part by part, in either order where that does not matter. */
  private Equality setOperations(Node a, Node b) {
    if (isNumber(a) || isNumber(b)) {
      return Equality.DIFFERENT;
    }
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

  private static boolean isNumber(Node node) {
    boolean scalar = node instanceof Node.Num
        || node instanceof Node.Sum
        || node instanceof Node.Product
        || node instanceof Node.Power;
    return scalar && Trees.unknowns(node).isEmpty();
  }

  private static List<Node> elements(Node node) {
    return switch (node) {
      case Node.SetOf(List<Node> items) -> items;
      case Node.ListOf(List<Node> items, boolean _) -> items;
      default -> List.of(node);
    };
  }

  /** A list without brackets may stand for a tuple; an interval, a set or one value may not. */
  private Equality tuple(Node.Tuple tuple, Node other) {
    if (other instanceof Node.SetOf(List<Node> one) && one.size() == 1) {
      return one.getFirst() instanceof Node.Tuple
          ? compare(tuple, one.getFirst())
          : Equality.DIFFERENT;
    }
    boolean interval = tuple.items().size() == 2 && !tuple.round();
    return other instanceof Node.ListOf(List<Node> others, boolean _) && !interval
        ? inOrder(tuple.items(), others)
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
  private Equality unordered(List<Node> all, List<Node> b, boolean counted) {
    work.charge(10L * all.size() * b.size());
    List<Node> a = counted ? all : List.copyOf(new LinkedHashSet<>(all));
    boolean repeats = counted && new HashSet<>(a).size() < a.size();
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
    List<List<Node>> left = Matrices.rows(a);
    List<List<Node>> right = Matrices.rows(b);
    boolean vectors = !(a instanceof Node.Matrix) || !(b instanceof Node.Matrix);
    if (vectors && (left.size() == 1 || right.size() == 1)) {
      left = Matrices.asRow(left);
      right = Matrices.asRow(right);
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
}
