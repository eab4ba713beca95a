package dev.rowan.verify.math;

import java.util.function.BiFunction;

/** Compares values that count something: residues, percentages and angles, units, and numbers of millions. */
final class Quantities {

  private final Scalars scalars;
  private final Work work;

  /** A value and what it counts; nothing if that is not said. */
  private record Counted(Node value, String unit) {

    static Counted of(Node node) {
      return node instanceof Node.Quantity(Node value, String unit)
          ? new Counted(value, unit)
          : new Counted(node, "");
    }

    boolean isModular() {
      return Modulus.is(unit);
    }

    /** Whether the unit is only another way to write the value. */
    boolean isRatio() {
      return unit.equals("%") || unit.equals("°");
    }

    Node times(Rational factor) {
      return factor.equals(Rational.ONE) ? value : Node.Product.of(value, new Node.Num(factor, -1));
    }
  }

  Quantities(Scalars scalars, Work work) {
    this.scalars = scalars;
    this.work = work;
  }

  /** Whether two are the same, of which one at least is a quantity; {@code values} compares values. */
  Equality compare(Node a, Node b, BiFunction<Node, Node, Equality> values) {
    Counted left = Counted.of(a);
    Counted right = Counted.of(b);
    Equality bare = values.apply(left.value, right.value);
    boolean single = !Comparison.isCollection(left.value) && !Comparison.isCollection(right.value);
    if (left.isModular() && right.isModular() && !left.unit.equals(right.unit)) {
      return Equality.DIFFERENT;
    }
    if (left.isModular() || right.isModular()) {
      return bare == Equality.EQUAL || !single ? bare : scalars.compare(a, b);
    }
    if (left.unit.equals(right.unit)) {
      return bare;
    }
    if (left.isRatio() || right.isRatio()) {
      if (!mayBeRatio(left) || !mayBeRatio(right)) {
        return Equality.DIFFERENT;
      }
      return bare == Equality.EQUAL || !single ? bare : scalars.compare(a, b);
    }
    Units first = Units.of(left.unit, work);
    Units second = Units.of(right.unit, work);
    if (!first.isBare() && !second.isBare()) {
      return sizes(left, first, right, second, single, bare);
    }
    return !single || first.scale().equals(second.scale())
        ? bare
        : counts(left, first, right, second, bare);
  }

  /** 25 % may be called 25 as well as 0.25, and 90° 90 as well as π/2, but not 25 m. */
  private boolean mayBeRatio(Counted counted) {
    return counted.isRatio() || !Units.of(counted.unit, work).isSize();
  }

  /** One at least does not say what it counts, but perhaps how many: 2 million. */
  private Equality counts(Counted left, Units first, Counted right, Units second, Equality bare) {
    Equality counted = scalars.compare(left.times(first.scale()), right.times(second.scale()));
    boolean once = first.scale().equals(Rational.ONE) || second.scale().equals(Rational.ONE);
    // Whether 2 means two million or not only the question knows.
    return once && counted == Equality.DIFFERENT && bare == Equality.EQUAL
        ? Equality.UNDECIDED
        : counted;
  }

  private Equality sizes(
      Counted left, Units first, Counted right, Units second, boolean single, Equality bare) {
    Equality kind = first.kind(second);
    if (kind == Equality.DIFFERENT) {
      return kind;
    }
    Equality same =
        single ? scalars.compare(left.times(first.factor()), right.times(second.factor())) : bare;
    return same == Equality.EQUAL ? kind : same;
  }
}
