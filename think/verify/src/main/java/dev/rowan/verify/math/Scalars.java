package dev.rowan.verify.math;

import dev.rowan.core.Seeds;
import dev.rowan.verify.math.Arithmetic.UndefinedException;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Compares two expressions by value. Fractions and rational functions are compared exactly. Other constants are computed
 * as intervals, with more and more digits, until these part; where they still overlap with more digits than the numbers in
 * the expressions can hide a difference in, they are equal. Other functions are compared in the same way at points that
 * are drawn from the expressions themselves.
 */
final class Scalars {

  private static final int FIRST_DIGITS = 40;
  private static final int MOST_DIGITS = 1_300;
  private static final int POINTS = 8;
  private static final int FEWEST_POINTS = 3;
  private static final int MOST_WHOLE = 60;

  private final int roundedDigits;
  private final Work work;

  /** A decimal counts as a rounded value if so many of its decimal places, and of its digits, are written. */
  Scalars(int roundedDigits, Work work) {
    this.roundedDigits = roundedDigits;
    this.work = work;
  }

  /**
   * Whether the two are the same number or function.
   *
   * @throws Work.TooMuchException if that takes too much
   */
  Equality compare(Node a, Node b) {
    if (a.equals(b)) {
      return Equality.EQUAL;
    }
    Equality special = infinite(a, b);
    if (special != Equality.UNDECIDED) {
      return special;
    }
    Set<String> unknowns = new TreeSet<>(Trees.unknowns(a));
    unknowns.addAll(Trees.unknowns(b));
    if (!unknowns.isEmpty()) {
      return functions(a, b);
    }
    Optional<Rational> left = exactly(a);
    Optional<Rational> right = exactly(b);
    if (left.isPresent() && right.isPresent()) {
      boolean same = left.get().equals(right.get()) || isRounded(a, b) || isRounded(b, a);
      return Equality.of(same);
    }
    return isRounded(a, b) || isRounded(b, a) ? Equality.EQUAL : constants(a, b);
  }

  /** Empty also for a number of too many digits: an interval may still tell it from another. */
  private Optional<Rational> exactly(Node node) {
    try {
      return new Exact(work).value(node);
    } catch (Work.TooMuchException e) {
      return Optional.empty();
    }
  }

  private static Equality infinite(Node a, Node b) {
    int left = infinity(a);
    int right = infinity(b);
    return left == 0 && right == 0 ? Equality.UNDECIDED : Equality.of(left == right);
  }

  /** 1 for infinity, -1 for minus infinity, 0 for all else. */
  static int infinity(Node node) {
    if (node.equals(Node.Name.INFINITY)) {
      return 1;
    }
    return node.equals(Node.Product.negative(Node.Name.INFINITY)) ? -1 : 0;
  }

  /** Whether {@code decimal} is a decimal number and {@code value}, which is written in another way, rounds to it. */
  private boolean isRounded(Node decimal, Node value) {
    if (!(decimal instanceof Node.Num(Rational written, int places))
        || places < roundedDigits
        || (value instanceof Node.Num(Rational _, int others) && others >= 0)
        || digits(written, places) < roundedDigits) {
      return false;
    }
    // Rounded to the nearest, or cut off: what is left is between minus half a unit of the last
    // place and a whole one.
    Rational unit = Rational.of(BigInteger.ONE, BigInteger.TEN.pow(places));
    Node sign = Node.Num.of(written.signum() < 0 ? -1 : 1);
    Node left = Node.Product.of(sign, new Node.Sum(List.of(value, Node.Product.negative(decimal))));
    try {
      Numeric numeric = new Numeric(FIRST_DIGITS + places, work, Scalars::noName);
      Complex rest = numeric.value(left);
      Interval one = numeric.arithmetic().of(unit);
      Interval half = numeric.arithmetic().of(unit.times(Rational.of(-1, 2), work));
      return rest.isReal()
          && rest.real().high().compareTo(one.low()) < 0
          && rest.real().low().compareTo(half.low()) >= 0;
    } catch (UndefinedException e) {
      return false;
    }
  }

  private static int digits(Rational written, int places) {
    BigInteger shifted =
        written.above().multiply(BigInteger.TEN.pow(places)).divide(written.below());
    return shifted.abs().toString().length();
  }

  private static Rational noName(String name) {
    throw new UndefinedException(name);
  }

  private Equality constants(Node a, Node b) {
    return narrowing(digits -> new Numeric(digits, work, Scalars::noName), a, b);
  }

  private Equality narrowing(Function<Integer, Numeric> with, Node a, Node b) {
    for (int digits = FIRST_DIGITS; digits <= MOST_DIGITS; digits *= 3) {
      Numeric numeric = with.apply(digits);
      try {
        if (numeric.value(a).isApartFrom(numeric.value(b))) {
          return Equality.DIFFERENT;
        }
      } catch (UndefinedException e) {
        if (digits == FIRST_DIGITS) {
          continue;
        }
        return Equality.UNDECIDED;
      }
      if (digits >= FIRST_DIGITS + 2 * numeric.arithmetic().farthest()) {
        return Equality.EQUAL;
      }
    }
    return Equality.UNDECIDED;
  }

  private Equality functions(Node a, Node b) {
    Optional<Equality> exactly = new Polynomials(work).compare(a, b);
    return exactly.orElseGet(() -> atPoints(a, b));
  }

  private Equality atPoints(Node a, Node b) {
    Form form = new Form(work);
    long seed = Seeds.derive(Seeds.derive(0, form.of(a)), form.of(b));
    boolean whole = Trees.needsWholeNumbers(a) || Trees.needsWholeNumbers(b);
    int agreed = 0;
    for (int point = 0; point < POINTS; point++) {
      SplittableRandom random = new SplittableRandom(Seeds.derive(seed, point));
      Equality here = whole ? atWhole(a, b, random) : at(a, b, random, point % 2 == 0);
      if (here == Equality.DIFFERENT) {
        return here;
      }
      agreed += here == Equality.EQUAL ? 1 : 0;
    }
    return agreed >= FEWEST_POINTS ? Equality.EQUAL : Equality.UNDECIDED;
  }

  private Equality at(Node a, Node b, SplittableRandom random, boolean positive) {
    Map<String, Rational> values = new HashMap<>();
    Function<String, Rational> names =
        name -> values.computeIfAbsent(name, _ -> draw(random, positive));
    return narrowing(digits -> new Numeric(digits, work, names), a, b);
  }

  private Equality atWhole(Node a, Node b, SplittableRandom random) {
    Node left = a;
    Node right = b;
    for (String name : Trees.unknowns(new Node.Sum(List.of(a, b)))) {
      Node value = Node.Num.of(random.nextInt(1, MOST_WHOLE));
      left = Trees.substitute(left, name, value);
      right = Trees.substitute(right, name, value);
    }
    return compare(left, right);
  }

  private static Rational draw(SplittableRandom random, boolean positive) {
    Rational size = Rational.of(
        BigInteger.valueOf(random.nextLong(1L << 30) + 1), BigInteger.valueOf(1L << 28));
    return positive || random.nextBoolean() ? size : size.negate();
  }

  /**
   * Whether one is a constant multiple of the other, and the sign of the factor; empty if it is not, or nobody can tell.
   *
   * @throws Work.TooMuchException if that takes too much
   */
  Optional<Integer> multiple(Node a, Node b) {
    Optional<Rational> ratio = new Polynomials(work).ratio(a, b);
    if (ratio.isPresent()) {
      return ratio.map(Rational::signum).filter(sign -> sign != 0);
    }
    // f / g is constant if f(p) g(q) = f(q) g(p) for all p and q: for a q that is drawn once, that
    // is an equation in p.
    Node fixedA = a;
    Node fixedB = b;
    SplittableRandom random =
        new SplittableRandom(Seeds.derive(Seeds.derive(1, a.toString()), b.toString()));
    for (String name : Trees.unknowns(new Node.Sum(List.of(a, b)))) {
      Node value = new Node.Num(draw(random, true), -1);
      fixedA = Trees.substitute(fixedA, name, value);
      fixedB = Trees.substitute(fixedB, name, value);
    }
    Equality same = compare(Node.Product.of(a, fixedB), Node.Product.of(b, fixedA));
    return same == Equality.EQUAL ? sign(Node.Product.of(fixedA, fixedB)) : Optional.empty();
  }

  /** The sign of a constant that is not zero. */
  Optional<Integer> sign(Node constant) {
    try {
      Complex value = new Numeric(FIRST_DIGITS, work, Scalars::noName).value(constant);
      return Optional.of(value.real().sign()).filter(sign -> sign != 0 && value.isReal());
    } catch (UndefinedException e) {
      return Optional.empty();
    }
  }

  /** Which of two real constants is less: -1, 0 or 1; empty if nobody can tell. */
  Optional<Integer> order(Node a, Node b) {
    int left = infinity(a);
    int right = infinity(b);
    if (left != 0 || right != 0) {
      return Optional.of(Integer.compare(left, right));
    }
    return switch (compare(a, b)) {
      case EQUAL -> Optional.of(0);
      case DIFFERENT -> sign(new Node.Sum(List.of(a, Node.Product.negative(b))));
      case UNDECIDED -> Optional.empty();
    };
  }
}
