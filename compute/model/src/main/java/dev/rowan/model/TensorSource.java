package dev.rowan.model;

import dev.rowan.tensor.Tensor;

/** Where a checkpoint's tensors come from, one at a time. */
@FunctionalInterface
public interface TensorSource {

  /**
   * The tensor of this Hugging Face name, in the current scope.
   *
   * @throws ModelException naming the tensor, if there is none
   */
  Tensor tensor(String name);
}
