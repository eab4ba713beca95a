package dev.rowan.verify.math;

import dev.rowan.verify.math.Arithmetic.UndefinedException;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Values of expressions as intervals, with values given for the names in them. */
final class Numeric {

  private final Arithmetic arithmetic;
  private final Exact exact;
  private final Work work;
  private final Function<String, Rational> names;

  /** {@code names} gives each name and each unknown function of known values its value. */
  Numeric(int digits, Work work, Function<String, Rational> names) {
    this.arithmetic = new Arithmetic(digits, work);
    this.exact = new Exact(work);
    this.work = work;
    this.names = names;
  }

  Arithmetic arithmetic() {
    return arithmetic;
  }

  /**
   * Where the value of {@code node} lies.
   *
   * @throws UndefinedException if there is none, or these digits do not tell
   * @throws Work.TooMuchException if it takes too much
   */
  Complex value(Node node) {
    work.charge(5);
    return switch (node) {
      case Node.Num(Rational value, int _) -> Complex.real(arithmetic.of(value));
      case Node.Name name -> name(name);
      case Node.Sum(List<Node> terms) ->
        terms.stream().map(this::value).reduce(this::plus).orElseThrow();
      case Node.Product(List<Node> factors) ->
        factors.stream().map(this::value).reduce(this::times).orElseThrow();
      case Node.Power(Node base, Node exponent) -> power(base, exponent);
      case Node.Call(String function, List<Node> arguments) -> call(function, arguments);
      case Node.Quantity(Node value, String unit) ->
        quantity(value(Units.counted(value, unit, work)), unit);
      default -> throw new UndefinedException("no value");
    };
  }

  private Complex name(Node.Name name) {
    if (name.equals(Node.Name.PI)) {
      return Complex.real(arithmetic.pi());
    }
    if (name.equals(Node.Name.E)) {
      return Complex.real(arithmetic.exp(Interval.ONE));
    }
    if (name.equals(Node.Name.I)) {
      return Complex.I;
    }
    if (name.equals(Node.Name.INFINITY)) {
      throw new UndefinedException("infinite");
    }
    return Complex.real(arithmetic.of(names.apply(name.name())));
  }

  private Complex quantity(Complex value, String unit) {
    return switch (unit) {
      case "%" ->
        times(
            value,
            Complex.real(arithmetic.of(Rational.of(BigInteger.ONE, BigInteger.valueOf(100)))));
      case "°" ->
        times(
            times(value, Complex.real(arithmetic.pi())),
            Complex.real(arithmetic.of(Rational.of(BigInteger.ONE, BigInteger.valueOf(180)))));
      default -> value;
    };
  }

  private Complex plus(Complex a, Complex b) {
    return new Complex(
        arithmetic.plus(a.real(), b.real()), arithmetic.plus(a.imaginary(), b.imaginary()));
  }

  private Complex times(Complex a, Complex b) {
    if (a.isReal() && b.isReal()) {
      return Complex.real(arithmetic.times(a.real(), b.real()));
    }
    return new Complex(
        arithmetic.minus(
            arithmetic.times(a.real(), b.real()), arithmetic.times(a.imaginary(), b.imaginary())),
        arithmetic.plus(
            arithmetic.times(a.real(), b.imaginary()), arithmetic.times(a.imaginary(), b.real())));
  }

  private Complex reciprocal(Complex a) {
    if (a.isReal()) {
      return Complex.real(arithmetic.reciprocal(a.real()));
    }
    Interval square = arithmetic.plus(square(a.real()), square(a.imaginary()));
    Interval scale = arithmetic.reciprocal(square);
    return new Complex(
        arithmetic.times(a.real(), scale), arithmetic.times(a.imaginary().negate(), scale));
  }

  private Interval square(Interval a) {
    return arithmetic.power(a, BigInteger.TWO);
  }

  private Complex power(Node base, Node exponent) {
    Optional<Rational> exactly = exact.value(exponent);
    if (exactly.isPresent()) {
      return power(value(base), exactly.get());
    }
    if (base.equals(Node.Name.E)) {
      return exp(value(exponent));
    }
    Complex x = value(base);
    Complex y = value(exponent);
    if (!x.isReal() || x.real().sign() < 0) {
      throw new UndefinedException("power of what is not positive");
    }
    Interval ln = arithmetic.ln(x.real());
    return exp(times(y, Complex.real(ln)));
  }

  private Complex power(Complex base, Rational exponent) {
    if (exponent.signum() < 0) {
      return reciprocal(power(base, exponent.negate()));
    }
    if (exponent.isWhole()) {
      return base.isReal()
          ? Complex.real(arithmetic.power(base.real(), exponent.above()))
          : repeated(base, exponent);
    }
    if (!base.isReal() || exponent.below().bitLength() > 16) {
      throw new UndefinedException("power of a complex number");
    }
    return power(
        root(base.real(), exponent.below().intValueExact()), Rational.of(exponent.above()));
  }

  private Complex repeated(Complex base, Rational exponent) {
    if (!exponent.isInt() || exponent.intValue() > 1_000) {
      throw new Work.TooMuchException("too high a power");
    }
    Complex result = Complex.real(Interval.ONE);
    for (int i = 0; i < exponent.intValue(); i++) {
      result = times(result, base);
    }
    return result;
  }

  /** The principal root; of odd degree the real one. */
  private Complex root(Interval of, int degree) {
    if (of.sign() < 0) {
      Interval size = arithmetic.root(of.negate(), degree);
      if (degree % 2 == 1) {
        return Complex.real(size.negate());
      }
      if (degree == 2) {
        return new Complex(Interval.ZERO, size);
      }
      throw new UndefinedException("root of a negative number");
    }
    if (of.sign() == 0 && !of.isZero()) {
      throw new UndefinedException("root of what may be negative");
    }
    return Complex.real(arithmetic.root(of, degree));
  }

  private Complex exp(Complex exponent) {
    Interval size = arithmetic.exp(exponent.real());
    if (exponent.isReal()) {
      return Complex.real(size);
    }
    return new Complex(
        arithmetic.times(size, arithmetic.cos(exponent.imaginary())),
        arithmetic.times(size, arithmetic.sin(exponent.imaginary())));
  }

  private Complex call(String function, List<Node> arguments) {
    Optional<Rational> exactly = exact.value(new Node.Call(function, arguments));
    if (exactly.isPresent()) {
      return Complex.real(arithmetic.of(exactly.get()));
    }
    if (Ranges.is(function)) {
      return Ranges.writtenOut(function, arguments, work)
          .map(this::value)
          .orElseThrow(() -> new UndefinedException("a range without end"));
    }
    Complex x = value(arguments.getFirst());
    if (function.equals("abs")) {
      return Complex.real(
          x.isReal()
              ? size(x.real())
              : arithmetic.root(arithmetic.plus(square(x.real()), square(x.imaginary())), 2));
    }
    if (function.equals("exp")) {
      return exp(x);
    }
    if (!x.isReal()) {
      throw new UndefinedException("function of a complex number");
    }
    if (function.equals("cis")) {
      return new Complex(arithmetic.cos(x.real()), arithmetic.sin(x.real()));
    }
    return function.equals("root")
        ? power(x, rootExponent(arguments.get(1)))
        : Complex.real(real(function, x.real(), arguments));
  }

  private Rational rootExponent(Node degree) {
    Rational n = exact.value(degree).orElseThrow(() -> new UndefinedException("root of a degree"));
    return n.inverse();
  }

  private Interval size(Interval x) {
    if (x.sign() == 0 && !x.isZero()) {
      return new Interval(java.math.BigDecimal.ZERO, x.high().max(x.low().negate()));
    }
    return x.sign() < 0 ? x.negate() : x;
  }

  private Interval real(String function, Interval x, List<Node> arguments) {
    return switch (function) {
      case "sin" -> arithmetic.sin(x);
      case "cos" -> arithmetic.cos(x);
      case "tan" -> quotient(arithmetic.sin(x), arithmetic.cos(x));
      case "cot" -> quotient(arithmetic.cos(x), arithmetic.sin(x));
      case "sec" -> arithmetic.reciprocal(arithmetic.cos(x));
      case "csc" -> arithmetic.reciprocal(arithmetic.sin(x));
      case "atan" -> arithmetic.atan(x);
      case "asin" -> arcsine(x);
      case "acos" -> arithmetic.minus(half(arithmetic.pi()), arcsine(x));
      case "sinh", "cosh", "tanh" -> hyperbolic(function, x);
      case "ln" -> arithmetic.ln(x);
      case "log" -> quotient(arithmetic.ln(x), arithmetic.ln(base(arguments)));
      case "floor" -> arithmetic.floor(x);
      case "ceil" -> arithmetic.floor(x.negate()).negate();
      default -> {
        if (Exact.computes(function) || Functions.isFunction(function)) {
          throw new UndefinedException("no value of " + function);
        }
        yield arithmetic.of(names.apply(unknown(function, arguments)));
      }
    };
  }

  private Interval base(List<Node> arguments) {
    return arguments.size() < 2
        ? arithmetic.of(Rational.of(10))
        : value(arguments.get(1)).real();
  }

  private Interval quotient(Interval above, Interval below) {
    return arithmetic.times(above, arithmetic.reciprocal(below));
  }

  private Interval half(Interval x) {
    return arithmetic.times(x, arithmetic.of(Rational.of(BigInteger.ONE, BigInteger.TWO)));
  }

  /** By the arc tangent of {@code x / sqrt(1 - x^2)}. */
  private Interval arcsine(Interval x) {
    Interval rest = arithmetic.minus(Interval.ONE, square(x));
    if (rest.isZero()) {
      Interval right = half(arithmetic.pi());
      return x.sign() < 0 ? right.negate() : right;
    }
    return arithmetic.atan(quotient(x, arithmetic.root(rest, 2)));
  }

  private Interval hyperbolic(String function, Interval x) {
    Interval up = arithmetic.exp(x);
    Interval down = arithmetic.exp(x.negate());
    return switch (function) {
      case "sinh" -> half(arithmetic.minus(up, down));
      case "cosh" -> half(arithmetic.plus(up, down));
      default -> quotient(arithmetic.minus(up, down), arithmetic.plus(up, down));
    };
  }

  /** A name for an unknown function of these values: the same where they agree to a few digits. */
  private String unknown(String function, List<Node> arguments) {
    StringBuilder name = new StringBuilder(function);
    java.math.MathContext few = new java.math.MathContext(12);
    for (Node argument : arguments) {
      Complex value = value(argument);
      name.append(' ')
          .append(value.real().low().add(value.real().high()).round(few).stripTrailingZeros())
          .append(' ')
          .append(value.imaginary().high().round(few).stripTrailingZeros());
    }
    return name.toString();
  }
}
