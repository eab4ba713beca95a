package dev.rowan.verify.math;

import java.util.List;

/** What an answer says, as a tree. */
public sealed interface Node {

  /**
   * A number as it is written.
   *
   * @param value exactly
   * @param places digits after the decimal point; -1 if there is none
   */
  record Num(Rational value, int places) implements Node {
    static Num of(long value) {
      return new Num(Rational.of(value), -1);
    }
  }

  /**
   * A letter, with its subscript and primes, or the name of a command that means nothing else.
   *
   * @param name {@code x}, {@code x_1}, {@code \alpha}; {@code \pi}, {@code e}, {@code i} and {@code \infty} are constants
   */
  record Name(String name) implements Node {
    static final Name PI = new Name("\\pi");
    static final Name E = new Name("e");
    static final Name I = new Name("i");
    static final Name INFINITY = new Name("\\infty");
  }

  /** A sum of two or more. */
  record Sum(List<Node> terms) implements Node {}

  /** A product of two or more. */
  record Product(List<Node> factors) implements Node {
    static Product of(Node... factors) {
      return new Product(List.of(factors));
    }

    static Node negative(Node of) {
      return of instanceof Num(Rational value, int places)
          ? new Num(value.negate(), places)
          : of(Num.of(-1), of);
    }
  }

  /** A power; a quotient is a product with a power of -1. */
  record Power(Node base, Node exponent) implements Node {
    static Node reciprocal(Node of) {
      return new Power(of, Num.of(-1));
    }
  }

  /** A function of some arguments: {@code sin}, {@code abs}, {@code binom}, or one that only has a name. */
  record Call(String function, List<Node> arguments) implements Node {
    static Call of(String function, Node... arguments) {
      return new Call(function, List.of(arguments));
    }
  }

  /** Both the plus and the minus of something: {@code \pm}, or {@code \mp} with the sign the other way round. */
  record PlusMinus(Node of, boolean plusFirst) implements Node {}

  /**
   * A value with what it counts.
   *
   * @param unit as words, such as {@code cm^2}, {@code %}, {@code °} or {@code dollars per day}
   */
  record Quantity(Node value, String unit) implements Node {}

  /** Several in brackets that count and in an order that counts: a tuple, or the ends of an interval. */
  record Tuple(char open, List<Node> items, char close) implements Node {
    /** All real numbers. */
    static final Tuple REALS =
        new Tuple('(', List.of(Product.negative(Name.INFINITY), Name.INFINITY), ')');

    boolean round() {
      return open == '(' && close == ')';
    }
  }

  /** A set in braces. */
  record SetOf(List<Node> items) implements Node {}

  /**
   * Several side by side, without brackets.
   *
   * @param or whether "or" joins them
   */
  record ListOf(List<Node> items, boolean or) implements Node {}

  /** Sets joined by {@code \cup}, {@code \cap} or {@code \setminus}. */
  record SetOperation(String operator, Node left, Node right) implements Node {}

  /** A matrix by its rows. */
  record Matrix(List<List<Node>> rows) implements Node {}

  /**
   * A chain of comparisons.
   *
   * @param operators one fewer than sides; each of {@code = < <= > >= != ~ in :}
   */
  record Relation(List<Node> sides, List<String> operators) implements Node {}

  /** Words in lower case. */
  record Words(String text) implements Node {}
}
