package dev.rowan.verify.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sums and products over a range of whole numbers: a call of {@code sum} or {@code prod} with the counter, both ends and
 * what is added or multiplied. The counter's own name is lost: {@code #0} in a range that holds no other.
 */
final class Ranges {

  private static final int MOST_TERMS = 5_000;

  private Ranges() {}

  static boolean is(String function) {
    return function.equals("sum") || function.equals("prod");
  }

  static Node of(String function, String counter, Node low, Node high, Node body) {
    Node.Name own = new Node.Name("#" + depth(body));
    return Node.Call.of(function, own, low, high, Trees.substitute(body, counter, own));
  }

  /** Whether a name is that of a counter. */
  static boolean isCounter(String name) {
    return name.startsWith("#");
  }

  /** How many ranges stand within one another. */
  private static int depth(Node node) {
    int depth = 0;
    for (Node child : Trees.children(node)) {
      depth = Math.max(depth, depth(child));
    }
    boolean range = node instanceof Node.Call(String function, List<Node> _) && is(function);
    return range ? depth + 1 : depth;
  }

  /**
   * The sum or product written out; empty if its ends are no whole numbers.
   *
   * @throws Work.TooMuchException if that is too long
   */
  static Optional<Node> writtenOut(String function, List<Node> arguments, Work work) {
    Exact exact = new Exact(work);
    Optional<Rational> low = exact.value(arguments.get(1)).filter(Rational::isInt);
    Optional<Rational> high = exact.value(arguments.get(2)).filter(Rational::isInt);
    if (low.isEmpty() || high.isEmpty()) {
      return Optional.empty();
    }
    long terms = 1L + high.get().intValue() - low.get().intValue();
    if (terms > MOST_TERMS) {
      throw new Work.TooMuchException("too long a sum");
    }
    boolean sum = function.equals("sum");
    List<Node> parts = new ArrayList<>(List.of(Node.Num.of(sum ? 0 : 1)));
    String counter = ((Node.Name) arguments.getFirst()).name();
    long size = Trees.size(arguments.getLast());
    for (int i = 0; i < terms; i++) {
      work.charge(10 * size);
      parts.add(Trees.substitute(
          arguments.getLast(), counter, Node.Num.of(low.get().intValue() + (long) i)));
    }
    return Optional.of(sum ? new Node.Sum(parts) : new Node.Product(parts));
  }
}
