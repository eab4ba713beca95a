package dev.rowan.verify.math;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Values of expressions that are exact fractions; empty where a value is none or has a name in it. */
final class Exact {

  private static final int MAX_FACTORIAL = 5_000;

  private static final Set<String> FUNCTIONS = Set.of(
      "factorial",
      "double-factorial",
      "abs",
      "floor",
      "ceil",
      "root",
      "binom",
      "C",
      "perm",
      "gcd",
      "lcm",
      "mod",
      "sum",
      "prod");

  private final Work work;

  Exact(Work work) {
    this.work = work;
  }

  /** Whether a function has values that are exact fractions. */
  static boolean computes(String function) {
    return FUNCTIONS.contains(function);
  }

  /**
   * The value of {@code node}.
   *
   * @throws Work.TooMuchException if that takes too much
   * @throws ArithmeticException if it divides by zero
   */
  Optional<Rational> value(Node node) {
    work.charge(3);
    return switch (node) {
      case Node.Num(Rational value, int _) -> Optional.of(value);
      case Node.Sum(List<Node> terms) -> sum(terms);
      case Node.Product(List<Node> factors) -> product(factors);
      case Node.Power(Node base, Node exponent) -> power(base, exponent);
      case Node.Call(String function, List<Node> arguments) -> call(function, arguments);
      case Node.Quantity(Node value, String unit)
      when unit.equals("%") ->
        value(value).map(v -> v.times(Rational.of(BigInteger.ONE, BigInteger.valueOf(100)), work));
      case Node.Quantity(Node value, String unit)
      when Modulus.is(unit) -> value(value).flatMap(v -> Modulus.residue(v, unit));
      default -> Optional.empty();
    };
  }

  private Optional<Rational> sum(List<Node> terms) {
    Rational sum = Rational.ZERO;
    for (Node term : terms) {
      Optional<Rational> value = value(term);
      if (value.isEmpty()) {
        return value;
      }
      sum = sum.plus(value.get(), work);
    }
    return Optional.of(sum);
  }

  private Optional<Rational> product(List<Node> factors) {
    Rational product = Rational.ONE;
    for (Node factor : factors) {
      Optional<Rational> value = value(factor);
      if (value.isEmpty()) {
        return value;
      }
      product = product.times(value.get(), work);
    }
    return Optional.of(product);
  }

  private Optional<Rational> power(Node base, Node exponent) {
    Optional<Rational> x = value(base);
    if (x.isEmpty()) {
      return x;
    }
    Optional<Rational> y = value(exponent);
    if (y.isEmpty()) {
      return y;
    }
    Rational power = y.get();
    if (power.isWhole()) {
      return Optional.of(whole(x.get(), power));
    }
    if (power.below().bitLength() > 16
        || power.above().bitLength() > 16
        || x.get().signum() < 0) {
      return Optional.empty();
    }
    return root(x.get(), power.below().intValueExact())
        .map(root -> root.power(power.above().intValueExact(), work));
  }

  private Rational whole(Rational base, Rational exponent) {
    boolean trivial = base.above().bitLength() <= 1 && base.isWhole();
    if (trivial && base.signum() >= 0 && exponent.signum() >= 0) {
      return exponent.signum() == 0 ? Rational.ONE : base;
    }
    if (!exponent.isInt()) {
      throw new Work.TooMuchException("too high a power");
    }
    if (exponent.signum() < 0 && base.signum() == 0) {
      throw new ArithmeticException("division by zero");
    }
    return base.power(exponent.intValue(), work);
  }

  /** The root, if it is a fraction. */
  private Optional<Rational> root(Rational of, int degree) {
    Optional<BigInteger> above = root(of.above(), degree);
    Optional<BigInteger> below = above.isEmpty() ? above : root(of.below(), degree);
    return below.map(divisor -> Rational.of(above.orElseThrow(), divisor));
  }

  private Optional<BigInteger> root(BigInteger of, int degree) {
    work.chargeBits(4L * of.bitLength());
    BigInteger root = degree == 2 ? of.sqrt() : search(of, degree);
    return root.pow(degree).equals(of) ? Optional.of(root) : Optional.empty();
  }

  /** The whole part of the root, by halving what is left of where it may lie. */
  private BigInteger search(BigInteger of, int degree) {
    BigInteger low = BigInteger.ZERO;
    BigInteger high = BigInteger.ONE.shiftLeft(of.bitLength() / degree + 1);
    while (low.compareTo(high) < 0) {
      work.chargeBits(2L * of.bitLength() + degree);
      BigInteger middle = low.add(high).add(BigInteger.ONE).shiftRight(1);
      if (middle.pow(degree).compareTo(of) <= 0) {
        low = middle;
      } else {
        high = middle.subtract(BigInteger.ONE);
      }
    }
    return low;
  }

  private Optional<Rational> call(String function, List<Node> arguments) {
    return switch (function) {
      case "factorial", "double-factorial" ->
        value(arguments.getFirst())
            .filter(n -> n.isWhole() && n.signum() >= 0)
            .map(n -> factorial(n, function.equals("factorial") ? 1 : 2));
      case "abs" -> value(arguments.getFirst()).map(x -> x.signum() < 0 ? x.negate() : x);
      case "floor" -> value(arguments.getFirst()).map(Exact::floor);
      case "ceil" -> value(arguments.getFirst()).map(x -> floor(x.negate()).negate());
      case "root" ->
        value(arguments.get(1))
            .filter(n -> n.isInt() && n.intValue() > 0 && n.intValue() < 65_536)
            .flatMap(n -> value(arguments.getFirst()).flatMap(x -> signedRoot(x, n.intValue())));
      case "binom", "C" -> binomial(arguments);
      case "perm" ->
        binomial(arguments)
            .flatMap(ways -> value(arguments.get(1)).map(k -> ways.times(factorial(k, 1), work)));
      case "sum", "prod" -> Ranges.writtenOut(function, arguments, work).flatMap(this::value);
      case "gcd", "lcm" -> whole(function, arguments);
      case "max", "min" -> extreme(arguments, function.equals("max") ? 1 : -1);
      default -> Optional.empty();
    };
  }

  private Optional<Rational> signedRoot(Rational of, int degree) {
    if (of.signum() >= 0) {
      return root(of, degree);
    }
    return degree % 2 == 1 ? root(of.negate(), degree).map(Rational::negate) : Optional.empty();
  }

  private static Rational floor(Rational x) {
    BigInteger[] parts = x.above().divideAndRemainder(x.below());
    return Rational.of(parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0]);
  }

  private Rational factorial(Rational n, int step) {
    if (!n.isInt() || n.intValue() > MAX_FACTORIAL) {
      throw new Work.TooMuchException("too large a factorial");
    }
    BigInteger product = BigInteger.ONE;
    for (int i = n.intValue(); i > 1; i -= step) {
      work.charge(2 + product.bitLength() / 256);
      product = product.multiply(BigInteger.valueOf(i));
    }
    return Rational.of(product);
  }

  private Optional<Rational> binomial(List<Node> arguments) {
    if (arguments.size() != 2) {
      return Optional.empty();
    }
    Optional<Rational> n = value(arguments.getFirst());
    Optional<Rational> k = value(arguments.get(1));
    if (n.isEmpty() || k.isEmpty() || !n.get().isInt() || !k.get().isInt()) {
      return Optional.empty();
    }
    int above = n.get().intValue();
    int below = k.get().intValue();
    if (above < 0 || below < 0 || below > above) {
      return above < 0 ? Optional.empty() : Optional.of(Rational.ZERO);
    }
    BigInteger product = BigInteger.ONE;
    for (int i = 1; i <= Math.min(below, above - below); i++) {
      work.charge(4 + product.bitLength() / 128);
      product = product.multiply(BigInteger.valueOf(above - i + 1L)).divide(BigInteger.valueOf(i));
    }
    return Optional.of(Rational.of(product));
  }

  private Optional<Rational> extreme(List<Node> arguments, int sign) {
    Optional<Rational> extreme = Optional.empty();
    for (Node argument : arguments) {
      Optional<Rational> next = value(argument);
      if (next.isEmpty()) {
        return next;
      }
      boolean first = extreme.isEmpty();
      if (first || sign * next.get().compareTo(extreme.get()) > 0) {
        extreme = next;
      }
    }
    return extreme;
  }

  private Optional<Rational> whole(String function, List<Node> arguments) {
    BigInteger result = function.equals("gcd") ? BigInteger.ZERO : BigInteger.ONE;
    for (Node argument : arguments) {
      Optional<Rational> value = value(argument).filter(x -> x.isWhole() && x.signum() > 0);
      if (value.isEmpty()) {
        return value;
      }
      BigInteger n = value.get().above();
      work.chargeProduct(result, n);
      BigInteger divisor = result.gcd(n);
      result = function.equals("gcd") ? divisor : result.multiply(n).divide(divisor);
    }
    return Optional.of(Rational.of(result));
  }
}
