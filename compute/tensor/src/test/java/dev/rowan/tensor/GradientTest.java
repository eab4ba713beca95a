package dev.rowan.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients against finite differences, for every operation that has one. */
final class GradientTest {

  private static final float[] START = {0.3f, -0.7f, 1.2f, 0.5f, -1.1f, 0.9f};
  private static final double STEP = 1e-2;

  /** An operation on x, fp32 [2, 3]; {@code positive} ones see |x|. */
  record Case(String name, boolean positive, UnaryOperator<Tensor> operation) {

    @Override
    public String toString() {
      return name;
    }
  }

  private static Case of(String name, UnaryOperator<Tensor> operation) {
    return new Case(name, false, operation);
  }

  private static Tensor other() {
    return Tensor.of(new float[] {0.4f, 0.6f, -0.9f, 1.4f, 0.2f, -0.3f}, 2, 3);
  }

  private static Tensor square() {
    return Tensor.of(new float[] {0.4f, 0.6f, -0.9f, 1.4f, 0.2f, -0.3f, 0.8f, -0.5f, 1.1f}, 3, 3);
  }

  private static Tensor ids(long... ids) {
    return Tensor.of(ids);
  }

  static Stream<Case> operations() {
    return Stream.of(
        of("add", x -> x.add(other())),
        of("add broadcast", x -> Tensor.of(new float[] {1, 2, 3}).add(x)),
        of("add number", x -> x.add(2)),
        of("sub", x -> other().sub(x)),
        of("mul", x -> x.mul(other())),
        of("mul itself", x -> x.mul(x)),
        of("mul number", x -> x.mul(-3)),
        of("div", x -> x.div(other())),
        new Case("div by", true, x -> other().div(x)),
        of("min", x -> x.min(other())),
        of("max", x -> x.max(other())),
        of("clamp", x -> x.clamp(-0.8, 0.8)),
        of("neg", Tensor::neg),
        of("exp", Tensor::exp),
        new Case("log", true, Tensor::log),
        new Case("sqrt", true, Tensor::sqrt),
        of("sigmoid", Tensor::sigmoid),
        of("logSigmoid", Tensor::logSigmoid),
        of("silu", Tensor::silu),
        of("matmul left", x -> x.matmul(square())),
        of("matmul right", x -> square().matmul(x.transpose(0, 1))),
        of("linear input", x -> x.linear(square())),
        of("linear weight", x -> square().linear(x)),
        of("rmsNorm input", x -> x.rmsNorm(Tensor.of(new float[] {1, 2, 3}), 1e-5)),
        of("rmsNorm weight", x -> other().rmsNorm(x.narrow(0, 0, 1).reshape(3), 1e-5)),
        of("softmax", Tensor::softmax),
        of("logSoftmax", Tensor::logSoftmax),
        of("logSumExp", Tensor::logSumExp),
        of("sum", Tensor::sum),
        of("sum along", x -> x.sum(1)),
        of("mean", Tensor::mean),
        of("norm", Tensor::norm),
        of("cat", x -> Tensor.cat(List.of(x, other(), x), 0)),
        of("reshape", x -> x.reshape(3, -1)),
        of("transpose", x -> x.transpose(0, 1).contiguous()),
        of("narrow", x -> x.narrow(1, 1, 2)),
        of("split", x -> x.split(1, 1, 2).getFirst().mul(x.split(1, 1, 2).getLast())),
        of("unsqueeze, squeeze", x -> x.unsqueeze(0).squeeze(0)),
        of("expand", x -> x.unsqueeze(0).expand(4, -1, -1)),
        of("copy", Tensor::copy),
        of("indexSelect", x -> x.indexSelect(1, ids(2, 0, 2))),
        of("gather", x -> x.gather(1, ids(2, 0).reshape(2, 1))),
        of("embedding", x -> x.embedding(ids(1, 0, 1, 1))));
  }

  /** A number in which every element of the result has a weight of its own. */
  private static Tensor loss(Case it, Tensor x) {
    Tensor y = it.operation.apply(x);
    float[] weights = new float[Math.toIntExact(y.count())];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) Math.cos(1 + i);
    }
    return y.reshape(-1).mul(Tensor.of(weights)).sum();
  }

  private static double lossAt(Case it, float[] values) {
    try (Scope _ = Scope.open()) {
      return loss(it, Tensor.of(values, 2, 3)).item();
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void gradientIsTheSlope(Case it) {
    float[] start = START.clone();
    for (int i = 0; it.positive && i < start.length; i++) {
      start[i] = Math.abs(start[i]);
    }
    try (Scope _ = Scope.open()) {
      Tensor x = Tensor.of(start, 2, 3).requireGrad();
      loss(it, x).backward();
      float[] gradient = x.grad().orElseThrow().toFloats();
      for (int i = 0; i < start.length; i++) {
        float[] up = start.clone();
        float[] down = start.clone();
        up[i] += (float) STEP;
        down[i] -= (float) STEP;
        double slope = (lossAt(it, up) - lossAt(it, down)) / (2 * STEP);
        assertThat((double) gradient[i])
            .as("element %d", i)
            .isCloseTo(slope, within(2e-3 * (1 + Math.abs(slope))));
      }
    }
  }

  @Test
  void gradientsAddUpUntilTheyAreCleared() {
    try (Scope _ = Scope.open()) {
      Tensor x = Tensor.full(2, 1).requireGrad();
      x.mul(3).sum().backward();
      x.mul(4).sum().backward();
      assertThat(x.grad().orElseThrow().item()).isEqualTo(7);
      x.clearGrad();
      assertThat(x.grad()).isEmpty();
      x.mul(5).sum().backward();
      assertThat(x.grad().orElseThrow().item()).isEqualTo(5);
    }
  }

  @Test
  void gradientsFlowThroughBf16() {
    try (Scope _ = Scope.open()) {
      Tensor x = Tensor.full(2, 1).requireGrad();
      x.to(DType.BFLOAT16).mul(3).to(DType.FLOAT32).sum().backward();
      assertThat(x.grad().orElseThrow().item()).isEqualTo(3);
      assertThat(x.grad().orElseThrow().dtype()).isEqualTo(DType.FLOAT32);
    }
  }

  @Test
  void nothingIsRecordedWhileGradientsAreOff() {
    try (Scope _ = Scope.open()) {
      Tensor x = Tensor.full(2, 1).requireGrad();
      Tensor y;
      try (Gradients _ = Gradients.off()) {
        try (Gradients _ = Gradients.off()) {
          y = x.mul(3);
        }
        y = y.add(x.mul(3));
      }
      y.sum().add(x.mul(2).sum()).backward();
      assertThat(x.grad().orElseThrow().item()).isEqualTo(2);
    }
  }

  @Test
  void detachedTensorsShareMemoryButNoHistory() {
    try (Scope _ = Scope.open()) {
      Tensor x = Tensor.full(2, 1).requireGrad();
      Tensor detached = x.detach();
      x.mul(detached).sum().backward();
      assertThat(x.grad().orElseThrow().item()).isEqualTo(2);
      detached.mulInPlace(5);
      assertThat(x.item()).isEqualTo(10);
    }
  }
}
