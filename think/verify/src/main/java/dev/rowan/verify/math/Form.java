package dev.rowan.verify.math;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes trees so that what is equal is, as far as that is cheap to see, written the same: values as exact fractions or 20
 * digits, rational functions in lowest terms, everything else part by part, in order where order does not count.
 */
public final class Form {

  private static final int DIGITS = 20;

  private final Work work;

  /** A writer that charges {@code work}. */
  public Form(Work work) {
    this.work = work;
  }

  /** The text that stands for an answer; its words if it is not understood or costs too much. */
  public String of(MathText answer) {
    try {
      return answer.node().map(this::of).orElse(answer.words());
    } catch (Work.TooMuchException e) {
      return answer.words();
    }
  }

  /** The text that stands for {@code node}. */
  String of(Node node) {
    work.charge(20);
    return value(node).orElseGet(() -> parts(node));
  }

  private Optional<String> value(Node node) {
    boolean scalar = node instanceof Node.Num
        || node instanceof Node.Name
        || node instanceof Node.Sum
        || node instanceof Node.Product
        || node instanceof Node.Power
        || node instanceof Node.Call;
    if (!scalar) {
      return Optional.empty();
    }
    try {
      Optional<Rational> exact = new Exact(work).value(node);
      if (exact.isPresent()) {
        return Optional.of(exact.get().toString());
      }
      return Trees.unknowns(node).isEmpty() ? decimal(node) : new Polynomials(work).form(node);
    } catch (ArithmeticException | Arithmetic.UndefinedException e) {
      return Optional.empty();
    }
  }

  /** To so many digits that rounding hides how it was computed. */
  private Optional<String> decimal(Node node) {
    Numeric numeric = new Numeric(2 * DIGITS, work, _ -> {
      throw new Arithmetic.UndefinedException("an unknown function");
    });
    Complex value = numeric.value(node);
    String real = rounded(value.real());
    return Optional.of(
        value.isReal() ? real + "…" : real + " + " + rounded(value.imaginary()) + "i…");
  }

  private static String rounded(Interval value) {
    BigDecimal middle = value.low().add(value.high()).divide(BigDecimal.TWO);
    boolean zero = middle.abs().compareTo(BigDecimal.ONE.scaleByPowerOfTen(-DIGITS)) < 0;
    return zero
        ? "0"
        : middle.round(new MathContext(DIGITS)).stripTrailingZeros().toString();
  }

  private String parts(Node node) {
    return switch (node) {
      case Node.Num(Rational value, int _) -> value.toString();
      case Node.Name(String name) -> name;
      case Node.Words(String text) -> text;
      case Node.Sum(List<Node> terms) -> "(" + sorted(terms, " + ") + ")";
      case Node.Product(List<Node> factors) -> "(" + sorted(factors, " * ") + ")";
      case Node.Power(Node base, Node exponent) -> of(base) + "^" + of(exponent);
      case Node.Call(String function, List<Node> arguments) ->
        function + "(" + inOrder(arguments, ", ") + ")";
      case Node.PlusMinus(Node of, boolean upper) -> (upper ? "±" : "∓") + of(of);
      case Node.Quantity(Node value, String unit) ->
        unit.equals("%") || unit.equals("°") || Modulus.is(unit)
            ? of(value) + unit
            : of(Units.counted(value, unit, work));
      case Node.Tuple(char open, List<Node> items, char close) ->
        open + inOrder(items, ", ") + close;
      case Node.SetOf(List<Node> items) -> "{" + sorted(items, ", ") + "}";
      case Node.ListOf(List<Node> items, boolean _) -> sorted(items, ", ");
      case Node.SetOperation(String operator, Node left, Node right) ->
        operator + "(" + of(left) + ", " + of(right) + ")";
      case Node.Matrix(List<List<Node>> rows) ->
        rows.stream().map(row -> inOrder(row, " & ")).collect(Collectors.joining("; ", "[", "]"));
      case Node.Relation relation -> relation(relation);
    };
  }

  private String relation(Node.Relation relation) {
    Optional<Node> value = Claims.of(relation).value();
    if (value.isPresent()) {
      return of(value.get());
    }
    StringBuilder chain = new StringBuilder(of(relation.sides().getFirst()));
    for (int i = 0; i < relation.operators().size(); i++) {
      chain
          .append(' ')
          .append(relation.operators().get(i))
          .append(' ')
          .append(of(relation.sides().get(i + 1)));
    }
    return chain.toString();
  }

  private String sorted(List<Node> nodes, String between) {
    return nodes.stream().map(this::of).sorted().collect(Collectors.joining(between));
  }

  private String inOrder(List<Node> nodes, String between) {
    Stream<String> texts = nodes.stream().map(this::of);
    return texts.collect(Collectors.joining(between));
  }
}
