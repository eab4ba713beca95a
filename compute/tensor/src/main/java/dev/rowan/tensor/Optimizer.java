package dev.rowan.tensor;

import java.util.Map;

/**
 * Changes parameters by their gradients. Its whole state can be read and put back, so that a run can be saved and go on
 * with the same bits.
 */
public interface Optimizer extends AutoCloseable {

  /** Takes one step with this learning rate. Parameters without a gradient stay. Gradients are left as they are. */
  void step(double learningRate);

  /** The live state by name: tensors of the parameters' shapes, and the step count as one value. */
  Map<String, Tensor> state();

  /** Copies values into the live state. The names and shapes are those of {@link #state()}. */
  default void restore(Map<String, Tensor> saved) {
    state().forEach((name, tensor) -> {
      Tensor value = saved.get(name);
      if (value == null) {
        throw new IllegalArgumentException(
            "optimizer state lacks '" + name + "': it belongs to another model");
      }
      tensor.copyInPlace(value);
    });
  }

  @Override
  default void close() {
    state().values().forEach(Tensor::close);
  }
}
