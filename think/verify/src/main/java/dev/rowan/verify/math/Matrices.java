package dev.rowan.verify.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Computes sums of matrices of the same shape, and their multiples, entry by entry. */
final class Matrices {

  private static final int MOST_ROWS = 4;

  private Matrices() {}

  /** The matrix that a sum or multiple of matrices is; anything else as it is. */
  static Node computed(Node node) {
    return switch (node) {
      case Node.Sum(List<Node> terms) -> sum(terms).orElse(node);
      case Node.Product(List<Node> factors) -> multiple(factors).orElse(node);
      default -> node;
    };
  }

  /** The determinant, written out by its first row; empty if the matrix is large or not square. */
  static Optional<Node> determinant(Node.Matrix matrix) {
    List<List<Node>> rows = matrix.rows();
    if (rows.size() > MOST_ROWS || rows.size() != rows.getFirst().size()) {
      return Optional.empty();
    }
    return Optional.of(expanded(rows));
  }

  private static Node expanded(List<List<Node>> rows) {
    if (rows.size() == 1) {
      return rows.getFirst().getFirst();
    }
    List<Node> terms = new ArrayList<>();
    for (int column = 0; column < rows.size(); column++) {
      List<List<Node>> rest = new ArrayList<>();
      for (List<Node> row : rows.subList(1, rows.size())) {
        List<Node> left = new ArrayList<>(row);
        left.remove(column);
        rest.add(left);
      }
      Node term = Node.Product.of(rows.getFirst().get(column), expanded(rest));
      terms.add(column % 2 == 0 ? term : Node.Product.negative(term));
    }
    return new Node.Sum(terms);
  }

  private static Optional<Node> sum(List<Node> terms) {
    List<Node.Matrix> matrices = new ArrayList<>();
    for (Node term : terms) {
      if (computed(term) instanceof Node.Matrix matrix) {
        matrices.add(matrix);
      }
    }
    boolean fit = matrices.size() == terms.size()
        && matrices.stream().map(Matrices::shape).distinct().count() == 1;
    if (!fit) {
      return Optional.empty();
    }
    List<List<Node>> rows = new ArrayList<>();
    for (int i = 0; i < matrices.getFirst().rows().size(); i++) {
      List<Node> row = new ArrayList<>();
      for (int j = 0; j < matrices.getFirst().rows().getFirst().size(); j++) {
        int y = i;
        int x = j;
        row.add(new Node.Sum(matrices.stream().map(m -> m.rows().get(y).get(x)).toList()));
      }
      rows.add(row);
    }
    return Optional.of(new Node.Matrix(rows));
  }

  private static List<Integer> shape(Node.Matrix matrix) {
    return List.of(matrix.rows().size(), matrix.rows().getFirst().size());
  }

  private static Optional<Node> multiple(List<Node> factors) {
    List<Node.Matrix> matrices = new ArrayList<>();
    List<Node> scalars = new ArrayList<>();
    for (Node factor : factors) {
      if (factor instanceof Node.Matrix matrix) {
        matrices.add(matrix);
      } else {
        scalars.add(factor);
      }
    }
    if (matrices.size() != 1 || scalars.isEmpty()) {
      return Optional.empty();
    }
    Node scale = scalars.size() == 1 ? scalars.getFirst() : new Node.Product(scalars);
    return Optional.of(new Node.Matrix(matrices.getFirst().rows().stream()
        .map(row -> row.stream().map(x -> (Node) Node.Product.of(scale, x)).toList())
        .toList()));
  }

  /** A tuple is a row. */
  static List<List<Node>> rows(Node node) {
    return switch (node) {
      case Node.Matrix(List<List<Node>> rows) -> rows;
      case Node.Tuple(char _, List<Node> items, char _)
      when isListOfRows(items) ->
        items.stream().map(row -> ((Node.Tuple) row).items()).toList();
      case Node.Tuple tuple when tuple.round() -> List.of(tuple.items());
      default -> List.of(List.of(node));
    };
  }

  private static boolean isListOfRows(List<Node> items) {
    return items.stream().allMatch(Node.Tuple.class::isInstance);
  }

  static List<List<Node>> asRow(List<List<Node>> rows) {
    boolean column = rows.size() > 1 && rows.getFirst().size() == 1;
    return column ? List.of(rows.stream().map(List::getFirst).toList()) : rows;
  }
}
