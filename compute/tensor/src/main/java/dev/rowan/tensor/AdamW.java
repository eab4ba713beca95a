package dev.rowan.tensor;

import java.util.LinkedHashMap;
import java.util.Map;

/** Adam with decoupled weight decay (Loshchilov and Hutter 2019). Parameters are fp32. */
public final class AdamW implements Optimizer {

  /**
   * Settings that do not change during a run.
   *
   * @param beta1 memory of the mean gradient
   * @param beta2 memory of the mean squared gradient
   * @param epsilon added to the root of the latter
   * @param weightDecay share of the learning rate by which parameters shrink each step
   */
  public record Settings(double beta1, double beta2, double epsilon, double weightDecay) {

    /** 0.9, 0.98, 1e-8 and no decay. */
    public static final Settings DEFAULT = new Settings(0.9, 0.98, 1e-8, 0);
  }

  private final Map<String, Tensor> parameters;
  private final Settings settings;
  private final Map<String, Tensor> state = new LinkedHashMap<>();
  private final Tensor steps;

  /** An optimiser of {@code parameters}, by name, with an empty memory. */
  public AdamW(Map<String, Tensor> parameters, Settings settings) {
    this.parameters = new LinkedHashMap<>(parameters);
    this.settings = settings;
    parameters.forEach((name, parameter) -> {
      state.put(name + ".mean", Tensor.zeros(DType.FLOAT32, parameter.shape()).keep());
      state.put(name + ".square", Tensor.zeros(DType.FLOAT32, parameter.shape()).keep());
    });
    steps = Tensor.zeros(DType.FLOAT32, 1).keep();
    state.put("adamw.steps", steps);
  }

  @Override
  public Map<String, Tensor> state() {
    return state;
  }

  @Override
  public void step(double learningRate) {
    try (Gradients _ = Gradients.off();
        Scope _ = Scope.open()) {
      steps.addInPlace(Tensor.full(1, 1), 1);
      double count = steps.item();
      double correction1 = 1 - Math.pow(settings.beta1, count);
      double correction2 = Math.sqrt(1 - Math.pow(settings.beta2, count));
      parameters.forEach((name, parameter) -> parameter.grad().ifPresent(gradient -> {
        Tensor mean = memory(name, ".mean").lerpInPlace(gradient, 1 - settings.beta1);
        Tensor square = memory(name, ".square")
            .mulInPlace(settings.beta2)
            .addProductInPlace(gradient, gradient, 1 - settings.beta2);
        Tensor root = square.sqrt().mulInPlace(1 / correction2).add(settings.epsilon);
        if (settings.weightDecay > 0) {
          parameter.mulInPlace(1 - learningRate * settings.weightDecay);
        }
        parameter.addQuotientInPlace(mean, root, -learningRate / correction1);
      }));
    }
  }

  private Tensor memory(String name, String part) {
    Tensor tensor = state.get(name + part);
    if (tensor == null) {
      throw new IllegalStateException("no optimizer state for parameter '" + name + "'");
    }
    return tensor;
  }
}
