package dev.rowan.model;

import dev.rowan.tensor.DType;
import dev.rowan.tensor.Gradients;
import dev.rowan.tensor.Scope;
import dev.rowan.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One number per hidden state, {@code w · h + b}: the logit of an outcome reward model (Cobbe et al. 2021) or a critic's
 * value. Its two parameters are saved beside the model's as {@code value_head.w} [hidden] and {@code value_head.b} [1].
 */
public final class ValueHead implements AutoCloseable {

  private static final String W = "value_head.w";
  private static final String B = "value_head.b";

  private final Map<String, Tensor> parameters;

  private ValueHead(Map<String, Tensor> parameters) {
    this.parameters = parameters;
    parameters.values().forEach(Tensor::keep);
  }

  /** A head that answers {@code b} whatever it reads. */
  public static ValueHead initial(int hidden) {
    return of(new float[hidden], 0);
  }

  /** A head with these values. */
  public static ValueHead of(float[] w, float b) {
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    try (Scope _ = Scope.open()) {
      parameters.put(W, Tensor.of(w).keep());
      parameters.put(B, Tensor.of(new float[] {b}).keep());
    }
    return new ValueHead(parameters);
  }

  /**
   * The head among a model folder's tensors.
   *
   * @throws ModelException if it is not there or has another width than {@code config}
   */
  public static ValueHead read(Map<String, Tensor> tensors, LlamaConfig config) {
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    try (Scope _ = Scope.open()) {
      parameters.put(W, HeadTensors.copy(tensors, W, config.hidden()).keep());
      parameters.put(B, HeadTensors.copy(tensors, B, 1).keep());
    }
    return new ValueHead(parameters);
  }

  /** {@code w} and {@code b} by the names under which they are saved. */
  public Map<String, Tensor> parameters() {
    return parameters;
  }

  /** The same memory as parameters with gradients of their own, for one of several training threads. */
  public ValueHead leaves() {
    return new ValueHead(HeadTensors.leaves(parameters));
  }

  /** Values [...] of hidden states [..., hidden], fp32. */
  public Tensor values(Tensor hidden) {
    Tensor w = HeadTensors.get(parameters, W);
    Tensor products = hidden.to(DType.FLOAT32).matmul(w.unsqueeze(1)).squeeze(-1);
    return products.add(HeadTensors.get(parameters, B));
  }

  /** sigmoid(w · h + b) of one hidden state [hidden]: the probability that an outcome reward model gives. */
  public double probability(float[] hidden) {
    try (Scope _ = Scope.open();
        Gradients _ = Gradients.off()) {
      return values(Tensor.of(hidden, 1, hidden.length)).sigmoid().item();
    }
  }

  @Override
  public void close() {
    parameters.values().forEach(Tensor::close);
  }
}
