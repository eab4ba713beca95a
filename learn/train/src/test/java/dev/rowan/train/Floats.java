package dev.rowan.train;

import dev.rowan.tensor.Tensor;
import java.util.Map;

/** Parameters as one array, to compare them bit by bit. */
final class Floats {

  private Floats() {}

  static float[] of(Map<String, Tensor> parameters) {
    float[] all = new float
        [Math.toIntExact(parameters.values().stream().mapToLong(Tensor::count).sum())];
    int n = 0;
    for (Tensor tensor : parameters.values()) {
      float[] values = tensor.toFloats();
      System.arraycopy(values, 0, all, n, values.length);
      n += values.length;
    }
    return all;
  }
}
