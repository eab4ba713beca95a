package dev.rowan.model;

import dev.rowan.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rotary position embeddings (Su et al. 2021) in Hugging Face's layout: dimension i is paired with dimension i +
 * headDim / 2. Safe for use by any number of threads.
 */
public final class Rope {

  /**
   * Angles of the first positions.
   *
   * @param half pairs per head: headDim / 2
   * @param cos cosines, [positions · half]
   * @param sin sines, [positions · half]
   */
  public record Angles(int half, float[] cos, float[] sin) {

    int positions() {
      return cos.length / half;
    }
  }

  private final double[] frequencies;
  private final double magnitude;
  private final int maxPositions;
  private volatile Angles known;

  private Rope(double[] frequencies, double magnitude, int maxPositions) {
    this.frequencies = frequencies;
    this.magnitude = magnitude;
    this.maxPositions = maxPositions;
    this.known = new Angles(frequencies.length, new float[0], new float[0]);
  }

  /** The embedding of a model. */
  public static Rope of(LlamaConfig config) {
    RopeScaling scaling = config.variant().ropeScaling();
    double[] frequencies = IntStream.range(0, config.headDim() / 2)
        .mapToDouble(i -> scaling.frequency(i, config.headDim(), config.ropeTheta()))
        .toArray();
    return new Rope(frequencies, scaling.magnitude(), config.maxPositions());
  }

  /**
   * Angles of at least this many positions, made as they are first asked for: a long context costs nothing until it is
   * used.
   *
   * @throws ModelException if the model's context has fewer
   */
  public Angles upTo(int positions) {
    if (positions > maxPositions) {
      throw new ModelException("a sequence of " + positions
          + " tokens is longer than the model's context of " + maxPositions + ": shorten it");
    }
    Angles angles = known;
    if (angles.positions() < positions) {
      angles = grown(angles, (int) Math.min(maxPositions, Math.max(256L, 2L * positions)));
      known = angles;
    }
    return angles;
  }

  private Angles grown(Angles before, int positions) {
    int half = frequencies.length;
    float[] cos = Arrays.copyOf(before.cos, positions * half);
    float[] sin = Arrays.copyOf(before.sin, positions * half);
    for (int position = before.positions(); position < positions; position++) {
      for (int i = 0; i < half; i++) {
        double angle = position * frequencies[i];
        cos[position * half + i] = (float) (magnitude * Math.cos(angle));
        sin[position * half + i] = (float) (magnitude * Math.sin(angle));
      }
    }
    return new Angles(half, cos, sin);
  }

  /**
   * Turns x [..., length, headDim], whose rows stand at positions 0, 1, 2, ...
   *
   * @throws ModelException if there are more rows than positions
   */
  Tensor rotate(Tensor x) {
    int length = Math.toIntExact(x.size(-2));
    int half = frequencies.length;
    Angles angles = upTo(length);
    Tensor c = Tensor.of(Arrays.copyOf(angles.cos, length * half), length, half);
    Tensor s = Tensor.of(Arrays.copyOf(angles.sin, length * half), length, half);
    List<Tensor> halves = x.split(-1, half, half);
    Tensor low = halves.getFirst();
    Tensor high = halves.getLast();
    return Tensor.cat(List.of(low.mul(c).sub(high.mul(s)), high.mul(c).add(low.mul(s))), -1);
  }
}
