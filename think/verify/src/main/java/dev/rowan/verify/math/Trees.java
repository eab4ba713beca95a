package dev.rowan.verify.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Walks over trees. */
final class Trees {

  private Trees() {}

  /** What stands directly in a node, in order. */
  static List<Node> children(Node node) {
    return switch (node) {
      case Node.Num _, Node.Name _, Node.Words _ -> List.of();
      case Node.Sum(List<Node> terms) -> terms;
      case Node.Product(List<Node> factors) -> factors;
      case Node.Power(Node base, Node exponent) -> List.of(base, exponent);
      case Node.Call(String _, List<Node> arguments) -> arguments;
      case Node.PlusMinus(Node of, boolean _) -> List.of(of);
      case Node.Quantity(Node value, String _) -> List.of(value);
      case Node.Tuple(char _, List<Node> items, char _) -> items;
      case Node.SetOf(List<Node> items) -> items;
      case Node.ListOf(List<Node> items, boolean _) -> items;
      case Node.SetOperation(String _, Node left, Node right) -> List.of(left, right);
      case Node.Matrix(List<List<Node>> rows) ->
        rows.stream().flatMap(List::stream).toList();
      case Node.Relation(List<Node> sides, List<String> _) -> sides;
    };
  }

  /** The node with each child replaced. */
  static Node map(Node node, UnaryOperator<Node> change) {
    return switch (node) {
      case Node.Num _, Node.Name _, Node.Words _ -> node;
      case Node.Sum(List<Node> terms) -> new Node.Sum(map(terms, change));
      case Node.Product(List<Node> factors) -> new Node.Product(map(factors, change));
      case Node.Power(Node base, Node exponent) ->
        new Node.Power(change.apply(base), change.apply(exponent));
      case Node.Call(String function, List<Node> arguments) ->
        new Node.Call(function, map(arguments, change));
      case Node.PlusMinus(Node of, boolean first) -> new Node.PlusMinus(change.apply(of), first);
      case Node.Quantity(Node value, String unit) -> new Node.Quantity(change.apply(value), unit);
      case Node.Tuple(char open, List<Node> items, char close) ->
        new Node.Tuple(open, map(items, change), close);
      case Node.SetOf(List<Node> items) -> new Node.SetOf(map(items, change));
      case Node.ListOf(List<Node> items, boolean or) -> new Node.ListOf(map(items, change), or);
      case Node.SetOperation(String operator, Node left, Node right) ->
        new Node.SetOperation(operator, change.apply(left), change.apply(right));
      case Node.Matrix(List<List<Node>> rows) ->
        new Node.Matrix(rows.stream().map(row -> map(row, change)).toList());
      case Node.Relation(List<Node> sides, List<String> operators) ->
        new Node.Relation(map(sides, change), operators);
    };
  }

  private static List<Node> map(List<Node> nodes, UnaryOperator<Node> change) {
    return nodes.stream().map(change).toList();
  }

  /** The names in a tree that stand for something unknown. */
  static Set<String> unknowns(Node node) {
    Set<String> names = new TreeSet<>();
    collect(node, names);
    return names;
  }

  private static void collect(Node node, Set<String> names) {
    if (node instanceof Node.Name(String name) && !isConstant(name)) {
      names.add(name);
    }
    children(node).forEach(child -> collect(child, names));
  }

  private static boolean isConstant(String name) {
    return Ranges.isCounter(name)
        || name.equals("\\pi")
        || name.equals("e")
        || name.equals("i")
        || name.equals("\\infty");
  }

  /** How many nodes a tree has. */
  static int size(Node node) {
    int size = 1;
    for (Node child : children(node)) {
      size += size(child);
    }
    return size;
  }

  /** Whether "plus or minus" stands anywhere in a tree. */
  static boolean hasPlusMinus(Node node) {
    if (node instanceof Node.PlusMinus) {
      return true;
    }
    for (Node child : children(node)) {
      if (hasPlusMinus(child)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a function that only whole numbers have is anywhere in a tree. */
  static boolean needsWholeNumbers(Node node) {
    boolean here = node instanceof Node.Call(String function, List<Node> _)
        && (function.endsWith("factorial")
            || function.equals("binom")
            || function.equals("C")
            || Ranges.is(function));
    return here || children(node).stream().anyMatch(Trees::needsWholeNumbers);
  }

  /** The tree with the upper or the lower of all its signs. */
  static Node withSign(Node node, boolean upper) {
    if (node instanceof Node.PlusMinus(Node of, boolean plusFirst)) {
      Node inside = withSign(of, upper);
      return plusFirst == upper ? inside : Node.Product.negative(inside);
    }
    return map(node, child -> withSign(child, upper));
  }

  /** The tree with a node in the place of a name. */
  static Node substitute(Node node, String name, Node by) {
    return node instanceof Node.Name(String found) && found.equals(name)
        ? by
        : map(node, child -> substitute(child, name, by));
  }

  /** The tree with its unknowns renamed in the order in which they come. */
  static Node renamed(Node node) {
    return renamed(node, new ArrayList<>());
  }

  private static Node renamed(Node node, List<String> seen) {
    if (node instanceof Node.Name(String name) && !isConstant(name)) {
      if (!seen.contains(name)) {
        seen.add(name);
      }
      return new Node.Name("x_" + seen.indexOf(name));
    }
    return map(node, child -> renamed(child, seen));
  }
}
