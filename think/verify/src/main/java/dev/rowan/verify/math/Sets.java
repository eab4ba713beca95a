package dev.rowan.verify.math;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads intervals, finite sets, their unions and inequalities in one unknown as sets of real numbers. */
final class Sets {

  private static final Node MINUS_INFINITY = Node.Product.negative(Node.Name.INFINITY);

  private static final Set<String> KNOWN = Set.of("=", "<", "<=", ">", ">=", "!=");

  private final Scalars scalars;
  private final Work work;

  Sets(Scalars scalars, Work work) {
    this.scalars = scalars;
    this.work = work;
  }

  /** Whether two are the same set; empty if one of them is no set of reals. */
  Optional<Equality> compare(Node a, Node b) {
    Optional<RealSet> left = read(a);
    Optional<RealSet> right = left.isEmpty() ? left : read(b);
    return right.map(other -> left.orElseThrow().compare(other));
  }

  /** The set that {@code node} describes. */
  private Optional<RealSet> read(Node node) {
    work.charge(20);
    return switch (node) {
      case Node.Tuple(char open, List<Node> ends, char close)
      when ends.size() == 2 -> span(ends.getFirst(), open == '[', ends.getLast(), close == ']');
      case Node.SetOf(List<Node> items) -> points(items);
      case Node.SetOperation(String operator, Node left, Node right) ->
        combine(operator, read(left), read(right));
      case Node.Relation relation -> relation(relation);
      case Node.ListOf(List<Node> items, boolean or) -> list(items, or);
      default -> Optional.empty();
    };
  }

  private Optional<RealSet> span(Node low, boolean lowIn, Node high, boolean highIn) {
    boolean constant = Trees.unknowns(low).isEmpty() && Trees.unknowns(high).isEmpty();
    return constant && isScalar(low) && isScalar(high)
        ? RealSet.span(scalars, low, lowIn, high, highIn)
        : Optional.empty();
  }

  private static boolean isScalar(Node node) {
    return node instanceof Node.Num
        || node instanceof Node.Name
        || node instanceof Node.Sum
        || node instanceof Node.Product
        || node instanceof Node.Power
        || node instanceof Node.Call
        || node instanceof Node.Quantity;
  }

  private Optional<RealSet> points(List<Node> items) {
    Optional<RealSet> all = Optional.of(RealSet.empty(scalars));
    for (Node item : items) {
      all = combine("cup", all, span(item, true, item, true));
    }
    return all;
  }

  private static Optional<RealSet> combine(
      String operator, Optional<RealSet> left, Optional<RealSet> right) {
    if (left.isEmpty() || right.isEmpty()) {
      return Optional.empty();
    }
    return switch (operator) {
      case "cup" -> left.get().union(right.get());
      case "cap" -> left.get().intersection(right.get());
      default -> right.get().complement().flatMap(left.get()::intersection);
    };
  }

  /** Inequalities joined by "or", or all of which hold. */
  private Optional<RealSet> list(List<Node> items, boolean or) {
    boolean relations = items.stream()
        .allMatch(item -> item instanceof Node.Relation(List<Node> _, List<String> operators)
            && operators.stream().noneMatch(operator -> operator.equals("=")));
    if (!relations) {
      return Optional.empty();
    }
    Optional<RealSet> all = read(items.getFirst());
    for (Node item : items.subList(1, items.size())) {
      all = combine(or ? "cup" : "cap", all, read(item));
    }
    return all;
  }

  private Optional<RealSet> relation(Node.Relation relation) {
    List<String> operators = relation.operators();
    List<Node> sides = relation.sides();
    if (operators.equals(List.of("in"))) {
      return Claims.isName(sides.getFirst()) ? read(sides.getLast()) : Optional.empty();
    }
    Set<String> unknowns = Trees.unknowns(relation);
    if (unknowns.size() != 1) {
      return Optional.empty();
    }
    String unknown = unknowns.iterator().next();
    Optional<RealSet> all = Optional.empty();
    for (int i = 0; i < operators.size(); i++) {
      Optional<RealSet> next =
          inequality(sides.get(i), operators.get(i), sides.get(i + 1), unknown);
      all = i == 0 ? next : combine("cap", all, next);
    }
    return all;
  }

  private Optional<RealSet> inequality(Node left, String operator, Node right, String unknown) {
    if (!KNOWN.contains(operator) || !isScalar(left) || !isScalar(right)) {
      return Optional.empty();
    }
    if (left instanceof Node.Call(String f, List<Node> of)
        && f.equals("abs")
        && Trees.unknowns(right).isEmpty()) {
      return absolute(of.getFirst(), operator, right, unknown);
    }
    if (right instanceof Node.Call(String f, List<Node> of)
        && f.equals("abs")
        && Trees.unknowns(left).isEmpty()) {
      return absolute(of.getFirst(), mirrored(operator), left, unknown);
    }
    return linear(new Node.Sum(List.of(left, Node.Product.negative(right))), operator, unknown);
  }

  static String mirrored(String operator) {
    return switch (operator) {
      case "<" -> ">";
      case "<=" -> ">=";
      case ">" -> "<";
      case ">=" -> "<=";
      default -> operator;
    };
  }

  private Optional<RealSet> absolute(Node of, String operator, Node bound, String unknown) {
    Node minus = Node.Product.negative(bound);
    Optional<RealSet> above =
        linear(new Node.Sum(List.of(of, Node.Product.negative(bound))), operator, unknown);
    Optional<RealSet> below = linear(
        new Node.Sum(List.of(of, Node.Product.negative(minus))), mirrored(operator), unknown);
    boolean outside = operator.startsWith(">");
    return combine(outside ? "cup" : "cap", above, below);
  }

  /** Where {@code f}, which must be linear in the unknown, compares with zero as the operator says. */
  private Optional<RealSet> linear(Node f, String operator, String unknown) {
    Node atZero = Trees.substitute(f, unknown, Node.Num.of(0));
    Node atOne = Trees.substitute(f, unknown, Node.Num.of(1));
    Node slope = new Node.Sum(List.of(atOne, Node.Product.negative(atZero)));
    Node line = new Node.Sum(List.of(atZero, Node.Product.of(slope, new Node.Name(unknown))));
    Optional<Integer> sign = scalars.sign(slope);
    if (sign.isEmpty() || scalars.compare(f, line) != Equality.EQUAL) {
      return Optional.empty();
    }
    Node bound = Node.Product.negative(Node.Product.of(atZero, Node.Power.reciprocal(slope)));
    String direction = sign.get() < 0 ? mirrored(operator) : operator;
    boolean closed = direction.endsWith("=") && !direction.equals("!=");
    return switch (direction.charAt(0)) {
      case '<' -> RealSet.span(scalars, MINUS_INFINITY, false, bound, closed);
      case '>' -> RealSet.span(scalars, bound, closed, Node.Name.INFINITY, false);
      case '=' -> RealSet.span(scalars, bound, true, bound, true);
      default -> RealSet.span(scalars, bound, true, bound, true).flatMap(RealSet::complement);
    };
  }
}
