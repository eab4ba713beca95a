package dev.rowan.model;

/** How rotary frequencies are changed so that a model reads further than it was first trained to. */
public sealed interface RopeScaling {

  /**
   * Radians per position of a pair of dimensions.
   *
   * @param pair which one, of {@code headDim / 2}
   * @param theta the model's {@code rope_theta}
   */
  double frequency(int pair, int headDim, double theta);

  /** What cosines and sines are multiplied by. */
  default double magnitude() {
    return 1;
  }

  private static double plain(int pair, int headDim, double theta) {
    return Math.pow(theta, -2.0 * pair / headDim);
  }

  /** As they are. */
  record None() implements RopeScaling {
    @Override
    public double frequency(int pair, int headDim, double theta) {
      return plain(pair, headDim, theta);
    }
  }

  /**
   * Positions lie closer together (Chen et al. 2023).
   *
   * @param factor how much closer, more than 0
   */
  record Linear(double factor) implements RopeScaling {

    /** Checks the factor. */
    public Linear {
      positive(factor, "factor");
    }

    @Override
    public double frequency(int pair, int headDim, double theta) {
      return plain(pair, headDim, theta) / factor;
    }
  }

  /**
   * Frequencies fall with the length of a sequence once it is beyond {@code max_position_embeddings}. Rowan ends sequences
   * there, because every key in the cache would change with each token: within, this changes nothing.
   *
   * @param factor how fast they fall beyond
   */
  record Dynamic(double factor) implements RopeScaling {

    /** Checks the factor. */
    public Dynamic {
      positive(factor, "factor");
    }

    @Override
    public double frequency(int pair, int headDim, double theta) {
      return plain(pair, headDim, theta);
    }
  }

  /**
   * Slow frequencies are divided, fast ones stay, those between are blended (Grattafiori et al. 2024, Llama 3.1).
   *
   * @param factor what slow ones are divided by
   * @param lowFrequencyFactor slow: fewer turns than this within {@code originalPositions}
   * @param highFrequencyFactor fast: more turns than this
   * @param originalPositions context of the first training
   */
  record Llama3(
      double factor,
      double lowFrequencyFactor,
      double highFrequencyFactor,
      double originalPositions)
      implements RopeScaling {

    /** Checks the values. */
    public Llama3 {
      positive(factor, "factor");
      positive(lowFrequencyFactor, "low_freq_factor");
      positive(originalPositions, "original_max_position_embeddings");
      positive(highFrequencyFactor - lowFrequencyFactor, "high_freq_factor - low_freq_factor");
    }

    @Override
    public double frequency(int pair, int headDim, double theta) {
      double frequency = plain(pair, headDim, theta);
      double turns = originalPositions * frequency / (2 * Math.PI);
      double fast = (turns - lowFrequencyFactor) / (highFrequencyFactor - lowFrequencyFactor);
      double share = Math.clamp(fast, 0, 1);
      return share * frequency + (1 - share) * frequency / factor;
    }
  }

  /**
   * Slow frequencies are divided, fast ones stay, and between the ramp goes by the dimension; queries and keys grow a little,
   * because a longer context makes softmax flatter (Peng et al. 2023, YaRN).
   *
   * @param factor what slow ones are divided by
   * @param originalPositions context of the first training
   * @param fastTurns fast: more turns than this within {@code originalPositions}
   * @param slowTurns slow: fewer turns than this
   * @param truncated whether the ramp begins and ends at whole dimensions
   * @param magnitude what cosines and sines are multiplied by
   */
  record Yarn(
      double factor,
      double originalPositions,
      double fastTurns,
      double slowTurns,
      boolean truncated,
      double magnitude)
      implements RopeScaling {

    /** Checks the values. */
    public Yarn {
      positive(factor, "factor");
      positive(originalPositions, "original_max_position_embeddings");
      positive(slowTurns, "beta_slow");
      positive(fastTurns - slowTurns, "beta_fast - beta_slow");
      positive(magnitude, "attention_factor");
    }

    /** What cosines and sines are multiplied by if a model says no more than how much {@code mscale} weighs. */
    public static double magnitude(double factor, double weight) {
      return factor <= 1 ? 1 : 0.1 * weight * Math.log(factor) + 1;
    }

    @Override
    public double frequency(int pair, int headDim, double theta) {
      double frequency = plain(pair, headDim, theta);
      double first = pairOf(fastTurns, headDim, theta);
      double last = pairOf(slowTurns, headDim, theta);
      double from = Math.max(0, truncated ? Math.floor(first) : first);
      double to = Math.min(headDim - 1, truncated ? Math.ceil(last) : last);
      double slow = Math.clamp((pair - from) / (to == from ? 0.001 : to - from), 0, 1);
      return slow * frequency / factor + (1 - slow) * frequency;
    }

    /** The pair, not a whole one, that turns so many times within the original positions. */
    private double pairOf(double turns, int headDim, double theta) {
      double slowness = Math.log(originalPositions / (turns * 2 * Math.PI));
      return headDim * slowness / (2 * Math.log(theta));
    }
  }

  private static void positive(double value, String name) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new ModelException("rope scaling with " + name + " " + value
          + " is out of range: fix the model's configuration, or take another copy of it");
    }
  }
}
