package dev.rowan.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long tensors live. */
final class ScopeTest {

  private static void assertClosed(Tensor tensor) {
    assertThatThrownBy(tensor::count)
        .isInstanceOf(TensorException.class)
        .hasMessageContaining("closed");
    assertThat(tensor).hasToString("closed tensor");
  }

  private static void assertHolds(Tensor tensor, double value) {
    assertThat(tensor.item()).isEqualTo(value);
  }

  @Test
  void tensorsEndWithTheInnermostScope() {
    try (Scope _ = Scope.open()) {
      Tensor outer = Tensor.full(1, 1);
      Tensor inner;
      Tensor sum;
      try (Scope _ = Scope.open()) {
        inner = Tensor.full(2, 1);
        sum = outer.add(inner);
        assertHolds(sum, 3);
      }
      assertClosed(inner);
      assertClosed(sum);
      assertHolds(outer, 1);
    }
  }

  @Test
  void keptTensorsLiveUntilTheyAreClosed() {
    Tensor kept;
    try (Scope _ = Scope.open()) {
      try (Scope _ = Scope.open()) {
        kept = Tensor.full(4, 1).keep().keep();
      }
      assertHolds(kept, 4);
    }
    assertHolds(kept, 4);
    kept.close();
    assertClosed(kept);
    kept.close();
  }

  @Test
  void escapedTensorsEndWithTheScopeAround() {
    Tensor escaped;
    try (Scope _ = Scope.open()) {
      try (Scope _ = Scope.open()) {
        escaped = Tensor.full(5, 1).escape();
      }
      assertHolds(escaped, 5);
    }
    assertClosed(escaped);
  }

  @Test
  void tensorsEscapeThroughSeveralScopes() {
    Tensor escaped;
    try (Scope _ = Scope.open()) {
      try (Scope _ = Scope.open()) {
        try (Scope _ = Scope.open()) {
          escaped = Tensor.full(6, 1).escape().escape();
        }
        assertHolds(escaped, 6);
      }
      assertHolds(escaped, 6);
    }
    assertClosed(escaped);
  }

  @Test
  void tensorsThatEscapeTheOutermostScopeAreKept() {
    Tensor escaped;
    try (Scope _ = Scope.open()) {
      escaped = Tensor.full(7, 1).escape();
    }
    assertHolds(escaped, 7);
    escaped.close();
    assertClosed(escaped);
  }

  @Test
  void escapedTensorsCanStillBeKept() {
    Tensor kept;
    try (Scope _ = Scope.open()) {
      try (Scope _ = Scope.open()) {
        kept = Tensor.full(8, 1).escape().keep();
      }
    }
    assertHolds(kept, 8);
    kept.close();
  }

  @Test
  void closingTwiceDoesNothing() {
    try (Scope _ = Scope.open()) {
      Tensor outer = Tensor.full(1, 1);
      Scope inner = Scope.open();
      Tensor closedBefore = Tensor.full(2, 1);
      closedBefore.close();
      inner.close();
      inner.close();
      assertHolds(outer, 1);
      Tensor later = Tensor.full(3, 1);
      inner.close();
      assertHolds(later, 3);
    }
  }

  @Test
  void anExceptionClosesItsScopes() {
    List<Tensor> made = new ArrayList<>();
    try (Scope _ = Scope.open()) {
      Tensor outer = Tensor.full(1, 1);
      assertThatThrownBy(() -> {
            try (Scope _ = Scope.open()) {
              made.add(Tensor.full(2, 2));
              made.add(made.getFirst().matmul(Tensor.full(1, 3, 3)));
            }
          })
          .isInstanceOf(TensorException.class);
      assertThat(made).hasSize(1).allSatisfy(ScopeTest::assertClosed);
      Tensor after = Tensor.full(3, 1);
      assertHolds(outer.add(after), 4);
    }
  }

  @Test
  void aScopeHoldsOnlyItsOwnThread() throws InterruptedException {
    List<Tensor> made = new ArrayList<>();
    try (Scope _ = Scope.open()) {
      Thread thread = Thread.ofPlatform().start(() -> made.add(Tensor.full(9, 1)));
      thread.join();
    }
    assertHolds(made.getFirst(), 9);
    made.getFirst().close();
  }

  @Test
  void viewsOutliveWhatTheyLookAt() {
    try (Scope _ = Scope.open()) {
      Tensor view;
      try (Scope _ = Scope.open()) {
        view = Tensor.of(new float[] {1, 2, 3}).narrow(0, 1, 2).escape();
      }
      assertThat(view.toFloats()).containsExactly(2, 3);
    }
  }

  @Test
  void gradientsOutliveTheirTensor() {
    try (Scope _ = Scope.open()) {
      Tensor leaf = Tensor.full(3, 1).requireGrad();
      leaf.mul(leaf).sum().backward();
      Tensor grad = leaf.grad().orElseThrow();
      leaf.clearGrad();
      assertThat(leaf.grad()).isEmpty();
      leaf.close();
      assertHolds(grad, 6);
    }
  }
}
