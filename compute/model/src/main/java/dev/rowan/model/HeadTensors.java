package dev.rowan.model;

import dev.rowan.tensor.DType;
import dev.rowan.tensor.Scope;
import dev.rowan.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the heads on a decoder have in common: a few named fp32 tensors. */
final class HeadTensors {

  private HeadTensors() {}

  /** The tensor of this name. */
  static Tensor get(Map<String, Tensor> tensors, String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new ModelException(
          "the model has no tensor '" + name + "': it was saved without this head");
    }
    return tensor;
  }

  /** An fp32 copy of the tensor of this name, which must have this shape. */
  static Tensor copy(Map<String, Tensor> tensors, String name, long... shape) {
    Tensor tensor = get(tensors, name);
    if (!Arrays.equals(tensor.shape(), shape)) {
      throw new ModelException("tensor '" + name + "' is " + tensor + " where the model asks for "
          + Arrays.toString(shape) + ": the head belongs to another model");
    }
    return tensor.detach().to(DType.FLOAT32).copy();
  }

  /** The same memory as tensors that gather gradients, kept. */
  static Map<String, Tensor> leaves(Map<String, Tensor> tensors) {
    Map<String, Tensor> leaves = new LinkedHashMap<>();
    try (Scope _ = Scope.open()) {
      tensors.forEach(
          (name, tensor) -> leaves.put(name, tensor.detach().requireGrad().keep()));
    }
    return leaves;
  }
}
