package dev.rowan.tensor;

import java.util.Arrays;
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

  /**
   * Copies values into the live state. Other names in {@code saved} are ignored, so that one file can hold several states.
   *
   * @throws IllegalArgumentException if a name, shape or type of {@link #state()} is not there; nothing has changed then
   */
  default void restore(Map<String, Tensor> saved) {
    state().forEach((name, tensor) -> {
      Tensor value = saved.get(name);
      if (value == null) {
        throw new IllegalArgumentException(
            "optimizer state lacks '" + name + "': it belongs to another model");
      }
      if (value.dtype() != tensor.dtype() || !Arrays.equals(value.shape(), tensor.shape())) {
        throw new IllegalArgumentException("optimizer state '" + name + "' is " + value + " where "
            + tensor + " is needed: it belongs to another model");
      }
    });
    state().forEach((name, tensor) -> tensor.copyInPlace(saved.getOrDefault(name, tensor)));
  }

  @Override
  default void close() {
    state().values().forEach(Tensor::close);
  }
}
