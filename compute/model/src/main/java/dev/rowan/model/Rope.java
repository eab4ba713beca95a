package dev.rowan.model;

import dev.rowan.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * The angles of rotary position embeddings (Su et al. 2021) in Hugging Face's layout: dimension i is paired with
 * dimension i + headDim / 2.
 *
 * @param half pairs per head: headDim / 2
 * @param cos cosines, [positions · half]
 * @param sin sines, [positions · half]
 */
public record Rope(int half, float[] cos, float[] sin) {

  /** The angles of every position of a model. */
  public static Rope of(LlamaConfig config) {
    int half = config.headDim() / 2;
    float[] cos = new float[config.maxPositions() * half];
    float[] sin = new float[cos.length];
    for (int position = 0; position < config.maxPositions(); position++) {
      for (int i = 0; i < half; i++) {
        double angle = position * Math.pow(config.ropeTheta(), -2.0 * i / config.headDim());
        cos[position * half + i] = (float) Math.cos(angle);
        sin[position * half + i] = (float) Math.sin(angle);
      }
    }
    return new Rope(half, cos, sin);
  }

  /**
   * Turns x [..., length, headDim], whose rows stand at positions 0, 1, 2, ...
   *
   * @throws ModelException if there are more rows than positions
   */
  Tensor rotate(Tensor x) {
    long length = x.size(-2);
    if (length * half > cos.length) {
      throw new ModelException("a sequence of " + length
          + " tokens is longer than the model's context of " + cos.length / half + ": shorten it");
    }
    Tensor c = Tensor.of(Arrays.copyOf(cos, (int) length * half), length, half);
    Tensor s = Tensor.of(Arrays.copyOf(sin, (int) length * half), length, half);
    Tensor low = x.narrow(-1, 0, half);
    Tensor high = x.narrow(-1, half, half);
    return Tensor.cat(List.of(low.mul(c).sub(high.mul(s)), high.mul(c).add(low.mul(s))), -1);
  }
}
