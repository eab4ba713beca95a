package dev.rowan.verify.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Compares equations and inequalities as statements: by side, or as multiples of one another. */
final class Equations {

  private final Scalars scalars;
  private final Work work;

  Equations(Scalars scalars, Work work) {
    this.scalars = scalars;
    this.work = work;
  }

  /** Whether two equations say the same. */
  Equality compare(Claims a, Claims b) {
    Optional<Integer> factor =
        scalars.multiple(difference(a.left(), a.right()), difference(b.left(), b.right()));
    return Equality.of(factor.isPresent());
  }

  /** Whether two relations say the same; {@code sides} compares single sides. */
  Equality compare(Node.Relation a, Node.Relation b, BiFunction<Node, Node, Equality> sides) {
    work.charge(20);
    Equality same = sideBySide(a, b, sides);
    if (same == Equality.EQUAL) {
      return same;
    }
    if (a.operators().contains("in") || b.operators().contains("in")) {
      return same;
    }
    if (a.operators().contains(":") || b.operators().contains(":")) {
      return same == Equality.DIFFERENT && a.operators().equals(b.operators())
          ? ratios(a, b)
          : same;
    }
    Equality turned = sideBySide(a, mirrored(b), sides);
    if (turned == Equality.EQUAL || a.operators().size() > 1 || b.operators().size() > 1) {
      return turned == Equality.EQUAL ? turned : same;
    }
    return single(a, b);
  }

  private Equality sideBySide(
      Node.Relation a, Node.Relation b, BiFunction<Node, Node, Equality> sides) {
    if (!a.operators().equals(b.operators())) {
      return Equality.DIFFERENT;
    }
    List<Equality> parts = new ArrayList<>();
    for (int i = 0; i < a.sides().size(); i++) {
      parts.add(sides.apply(a.sides().get(i), b.sides().get(i)));
    }
    return Equality.all(parts);
  }

  /** The same relation, read from right to left. */
  private static Node.Relation mirrored(Node.Relation relation) {
    return new Node.Relation(
        relation.sides().reversed(),
        relation.operators().reversed().stream().map(Sets::mirrored).toList());
  }

  /** Two relations of two sides each: one is the other times a factor, whose sign may turn it round. */
  private Equality single(Node.Relation a, Node.Relation b) {
    Optional<Integer> factor = scalars.multiple(
        difference(a.sides().getFirst(), a.sides().getLast()),
        difference(b.sides().getFirst(), b.sides().getLast()));
    String operator = a.operators().getFirst();
    return Equality.of(factor.isPresent()
        && b.operators().getFirst().equals(factor.get() < 0 ? Sets.mirrored(operator) : operator));
  }

  /** 1:2 is 2:4, if there are two parts and none is zero. */
  private Equality ratios(Node.Relation a, Node.Relation b) {
    boolean more = a.sides().size() > 2;
    boolean zero = Stream.concat(a.sides().stream(), b.sides().stream())
        .anyMatch(side -> side instanceof Node.Num(Rational value, int _) && value.signum() == 0);
    return zero || more
        ? Equality.DIFFERENT
        : scalars.compare(
            Node.Product.of(a.sides().getFirst(), b.sides().getLast()),
            Node.Product.of(a.sides().getLast(), b.sides().getFirst()));
  }

  private static Node difference(Node a, Node b) {
    return new Node.Sum(List.of(a, Node.Product.negative(b)));
  }
}
