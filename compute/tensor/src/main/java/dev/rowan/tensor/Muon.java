package dev.rowan.tensor;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Momentum whose update is made orthogonal by Newton-Schulz iterations (Jordan et al. 2024), for the matrices inside a
 * transformer; updates are scaled to the size of Adam's (Liu et al. 2025, "Muon is Scalable for LLM Training").
 * Parameters are fp32 matrices.
 */
public final class Muon implements Optimizer {

  private static final double MOMENTUM = 0.95;
  private static final int ITERATIONS = 5;

  private final Map<String, Tensor> parameters;
  private final double weightDecay;
  private final DType matmulType = Torch.fastestMatmulType();
  private final Map<String, Tensor> momentum = new LinkedHashMap<>();

  /** An optimiser of {@code parameters}, by name, that also shrinks them by {@code weightDecay} of the learning rate. */
  public Muon(Map<String, Tensor> parameters, double weightDecay) {
    this.parameters = new LinkedHashMap<>(parameters);
    this.weightDecay = weightDecay;
    parameters.forEach((name, parameter) -> momentum.put(
        name + ".momentum", Tensor.zeros(DType.FLOAT32, parameter.shape()).keep()));
  }

  @Override
  public Map<String, Tensor> state() {
    return momentum;
  }

  @Override
  public void step(double learningRate) {
    // The outer scope ends the handles on the gradients, which would keep them in memory.
    try (Gradients _ = Gradients.off();
        Scope _ = Scope.open()) {
      parameters.forEach((name, parameter) -> parameter.grad().ifPresent(gradient -> {
        try (Scope _ = Scope.open()) {
          Tensor average = state().get(name + ".momentum");
          if (average == null) {
            throw new IllegalStateException("no optimizer state for parameter '" + name + "'");
          }
          average.lerpInPlace(gradient, 1 - MOMENTUM);
          Tensor update = orthogonal(gradient.copy().lerpInPlace(average, MOMENTUM));
          double larger = (double) Math.max(parameter.size(0), parameter.size(1));
          parameter.mulInPlace(1 - learningRate * weightDecay);
          parameter.addInPlace(update, -learningRate * 0.2 * Math.sqrt(larger));
        }
      }));
    }
  }

  /**
   * Singular values pushed towards 1 by the quintic iteration of Jordan et al., on the smaller side of the matrix. The
   * iteration forgives rounding, so it runs in the type that is fastest here.
   */
  private Tensor orthogonal(Tensor matrix) {
    boolean tall = matrix.size(0) > matrix.size(1);
    Tensor x = tall ? matrix.transpose(0, 1) : matrix;
    x = x.mul(1 / (x.norm().item() + 1e-7)).to(matmulType);
    for (int i = 0; i < ITERATIONS; i++) {
      Tensor gram = x.matmul(x.transpose(0, 1));
      Tensor polynomial = gram.addMatmul(gram, gram, -4.7750, 2.0315);
      x = x.addMatmul(polynomial, x, 3.4445, 1);
    }
    return (tall ? x.transpose(0, 1) : x).to(DType.FLOAT32);
  }
}
