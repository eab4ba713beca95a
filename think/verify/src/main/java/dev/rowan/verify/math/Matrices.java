package dev.rowan.verify.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Computes sums of matrices of the same shape, and their multiples, entry by entry. */
final class Matrices {

  private Matrices() {}

  /** The matrix that a sum or multiple of matrices is; anything else as it is. */
  static Node computed(Node node) {
    return switch (node) {
      case Node.Sum(List<Node> terms) -> sum(terms).orElse(node);
      case Node.Product(List<Node> factors) -> multiple(factors).orElse(node);
      default -> node;
    };
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
}
