package dev.rowan.verify.math;

import java.util.List;
import java.util.Optional;

/**
 * What a chain of equations claims: that something named has a value, or that two expressions are equal.
 *
 * @param left the first side
 * @param right the last side that is exact
 * @param named whether the left side only names what the right side is worth
 */
record Claims(Node left, Node right, boolean named) {

  /** What {@code node} claims; something that is no chain of equations claims itself. */
  static Claims of(Node node) {
    if (!(node instanceof Node.Relation(List<Node> sides, List<String> operators))) {
      return new Claims(node, node, true);
    }
    boolean member = operators.equals(List.of("in"));
    boolean equations = operators.stream().allMatch(o -> o.equals("=") || o.equals("~"));
    if (!member && !equations) {
      return new Claims(node, node, false);
    }
    int last = lastExact(sides, operators);
    Node left = sides.getFirst();
    Node right = sides.get(last);
    boolean named = isName(left) || Trees.unknowns(left).isEmpty() || last > 1;
    return new Claims(left, right, named || last == 0);
  }

  /** The value that is claimed, if the rest only names it. */
  Optional<Node> value() {
    return named ? Optional.of(right) : Optional.empty();
  }

  /** What follows "approximately" counts only if what stands before it is no more than a name. */
  private static int lastExact(List<Node> sides, List<String> operators) {
    for (int i = 0; i < operators.size(); i++) {
      if (operators.get(i).equals("~") && !isName(sides.get(i))) {
        return i;
      }
    }
    return sides.size() - 1;
  }

  /** Whether a side names something without computing: {@code x}, {@code f(x)}, {@code (p,q)}, {@code NO/BO}. */
  static boolean isName(Node node) {
    return switch (node) {
      case Node.Name _, Node.Words _ -> true;
      case Node.Call(String function, List<Node> arguments) -> isName(function, arguments);
      case Node.Product(List<Node> factors) -> factors.stream().allMatch(Claims::isName);
      case Node.Power(Node base, Node exponent) -> isName(base) && exponent.equals(Node.Num.of(-1));
      case Node.Tuple(char _, List<Node> items, char _) -> items.stream().allMatch(Claims::isName);
      case Node.ListOf(List<Node> items, boolean _) -> items.stream().allMatch(Claims::isName);
      default -> false;
    };
  }

  /** Of a function with a meaning, only a bar around names does not compute: {@code |AB|}. */
  private static boolean isName(String function, List<Node> arguments) {
    if (function.equals("abs") || function.startsWith("\\")) {
      return arguments.stream().allMatch(Claims::isName);
    }
    return !Functions.isFunction(function) && !Exact.computes(function);
  }
}
