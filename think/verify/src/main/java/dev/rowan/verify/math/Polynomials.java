package dev.rowan.verify.math;

import cc.redberry.rings.Rings;
import cc.redberry.rings.bigint.BigInteger;
import cc.redberry.rings.poly.MultivariateRing;
import cc.redberry.rings.poly.PolynomialMethods;
import cc.redberry.rings.poly.multivar.MultivariateDivision;
import cc.redberry.rings.poly.multivar.MultivariatePolynomial;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Expressions as quotients of polynomials with whole coefficients, which makes their equality exact. Names are the
 * variables; what is no rational function of names is not read.
 */
final class Polynomials {

  /** With more terms than this nothing is computed. */
  private static final int MAX_TERMS = 2_000;

  private static final int MAX_DEGREE = 200;

  /** Only small fractions are brought to lowest terms: common divisors can be costly to find. */
  private static final int MAX_TERMS_TO_REDUCE = 20;

  private static final int MAX_DEGREE_TO_REDUCE = 12;

  private final Work work;

  /** A quotient. */
  record Fraction(
      MultivariatePolynomial<BigInteger> above, MultivariatePolynomial<BigInteger> below) {

    Fraction inverse() {
      return new Fraction(/* above= */ below, /* below= */ above);
    }
  }

  Polynomials(Work work) {
    this.work = work;
  }

  /** Whether two expressions are the same function, or one a constant multiple of the other; empty if not rational. */
  Optional<Equality> compare(Node a, Node b) {
    TreeSet<String> names = new TreeSet<>(Trees.unknowns(a));
    names.addAll(Trees.unknowns(b));
    Reader reader = new Reader(List.copyOf(names));
    Optional<Fraction> left = reader.read(a);
    Optional<Fraction> right = left.isEmpty() ? left : reader.read(b);
    return right.map(other -> {
      Fraction first = left.orElseThrow();
      var difference =
          reader.times(first.above, other.below).subtract(reader.times(other.above, first.below));
      return Equality.of(difference.isZero());
    });
  }

  /**
   * The factor by which {@code a} is a multiple of {@code b} where both are zero at the same places; zero if it is none.
   * Empty if they are no rational functions.
   */
  Optional<Rational> ratio(Node a, Node b) {
    TreeSet<String> names = new TreeSet<>(Trees.unknowns(a));
    names.addAll(Trees.unknowns(b));
    Reader reader = new Reader(List.copyOf(names));
    Optional<Fraction> left = reader.read(a);
    Optional<Fraction> right = left.isEmpty() ? left : reader.read(b);
    return right.map(other -> ratio(left.orElseThrow(), other, reader));
  }

  private static Rational ratio(Fraction a, Fraction b, Reader reader) {
    boolean whole = a.below.isConstant() && b.below.isConstant();
    var left = whole ? reader.times(a.above, b.below) : a.above;
    var right = whole ? reader.times(b.above, a.below) : b.above;
    if (left.isZero() || right.isZero()) {
      return left.isZero() && right.isZero() ? Rational.ONE : Rational.ZERO;
    }
    BigInteger above = left.lc();
    BigInteger below = right.lc();
    boolean multiple = left.copy().multiply(below).equals(right.copy().multiply(above));
    return multiple
        ? Rational.of(
            new java.math.BigInteger(above.toString()), new java.math.BigInteger(below.toString()))
        : Rational.ZERO;
  }

  /** A rational function in lowest terms, as text; empty if it is none or large. */
  Optional<String> form(Node node) {
    List<String> names = List.copyOf(Trees.unknowns(node));
    Optional<Fraction> read = new Reader(names).read(node).filter(Polynomials::isSmall);
    if (read.isEmpty() || read.get().below.isZero()) {
      return Optional.empty();
    }
    work.charge(20_000);
    var above = read.get().above;
    var below = read.get().below;
    var divisor = PolynomialMethods.PolynomialGCD(above, below);
    above = MultivariateDivision.divideExact(above, divisor);
    below = MultivariateDivision.divideExact(below, divisor);
    if (below.signumOfLC() < 0) {
      above = above.negate();
      below = below.negate();
    }
    String[] variables = names.toArray(String[]::new);
    return Optional.of(
        below.isOne()
            ? above.toString(variables)
            : "(" + above.toString(variables) + ")/(" + below.toString(variables) + ")");
  }

  private static boolean isSmall(Fraction fraction) {
    return fraction.above.size() + fraction.below.size() <= MAX_TERMS_TO_REDUCE
        && fraction.above.degree() + fraction.below.degree() <= MAX_DEGREE_TO_REDUCE;
  }

  /** Reads expressions in these names. */
  private final class Reader {

    private final List<String> names;
    private final MultivariateRing<MultivariatePolynomial<BigInteger>> ring;

    Reader(List<String> names) {
      this.names = names;
      this.ring = Rings.MultivariateRing(Math.max(1, names.size()), Rings.Z);
    }

    Optional<Fraction> read(Node node) {
      work.charge(30);
      return switch (node) {
        case Node.Num(Rational value, int _) -> Optional.of(constant(value));
        case Node.Name(String name)
        when names.contains(name) ->
          Optional.of(new Fraction(ring.variable(names.indexOf(name)), ring.getOne()));
        case Node.Sum(List<Node> terms) -> fold(terms, true);
        case Node.Product(List<Node> factors) -> fold(factors, false);
        case Node.Power(Node base, Node exponent) -> power(base, exponent);
        case Node.Call(String function, List<Node> arguments)
        when Ranges.is(function) ->
          Ranges.writtenOut(function, arguments, work).flatMap(this::read);
        default -> new Exact(work).value(node).map(this::constant);
      };
    }

    private Fraction constant(Rational value) {
      return new Fraction(constant(value.above()), constant(value.below()));
    }

    private MultivariatePolynomial<BigInteger> constant(java.math.BigInteger value) {
      work.chargeBits(8L * value.bitLength());
      return ring.getOne().copy().multiply(new BigInteger(value));
    }

    private Optional<Fraction> fold(List<Node> parts, boolean sum) {
      Optional<Fraction> result = read(parts.getFirst());
      for (Node part : parts.subList(1, parts.size())) {
        if (result.isEmpty()) {
          return result;
        }
        Fraction so = result.get();
        result = read(part).map(next -> sum ? plus(so, next) : times(so, next));
      }
      return result;
    }

    private Fraction plus(Fraction a, Fraction b) {
      if (a.below.equals(b.below)) {
        return new Fraction(a.above.copy().add(b.above), a.below);
      }
      return new Fraction(
          times(a.above, b.below).add(times(b.above, a.below)), times(a.below, b.below));
    }

    private Fraction times(Fraction a, Fraction b) {
      return new Fraction(times(a.above, b.above), times(a.below, b.below));
    }

    MultivariatePolynomial<BigInteger> times(
        MultivariatePolynomial<BigInteger> a, MultivariatePolynomial<BigInteger> b) {
      long terms = (long) a.size() * b.size();
      if (terms > MAX_TERMS || a.degree() + b.degree() > MAX_DEGREE) {
        throw new Work.TooMuchException("too large a polynomial");
      }
      work.charge(20 + 10 * terms * (1 + bits(a) / 64) * (1 + bits(b) / 64));
      return a.copy().multiply(b);
    }

    private int bits(MultivariatePolynomial<BigInteger> polynomial) {
      return polynomial.isZero() ? 0 : polynomial.maxAbsCoefficient().bitLength();
    }

    private Optional<Fraction> power(Node base, Node exponent) {
      Optional<Rational> power = new Exact(work).value(exponent).filter(Rational::isInt);
      if (power.isEmpty()) {
        return Trees.unknowns(base).isEmpty() && Trees.unknowns(exponent).isEmpty()
            ? new Exact(work).value(new Node.Power(base, exponent)).map(this::constant)
            : Optional.empty();
      }
      int n = power.get().intValue();
      if (Math.abs((long) n) > MAX_DEGREE) {
        return Optional.empty();
      }
      return read(base).map(x -> {
        Fraction result = constant(Rational.ONE);
        for (int i = 0; i < Math.abs(n); i++) {
          result = times(result, x);
        }
        if (n < 0 && result.above.isZero()) {
          throw new ArithmeticException("division by zero");
        }
        return n < 0 ? result.inverse() : result;
      });
    }
  }
}
