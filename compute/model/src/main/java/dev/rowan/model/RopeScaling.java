package dev.rowan.model;

/** How rotary frequencies are changed so that a model reads further than it was first trained to. */
public sealed interface RopeScaling {

  /** What a frequency, in radians per position, becomes. */
  double apply(double frequency);

  /** As they are. */
  record None() implements RopeScaling {
    @Override
    public double apply(double frequency) {
      return frequency;
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
    public double apply(double frequency) {
      return frequency / factor;
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
    public double apply(double frequency) {
      return frequency;
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
    public double apply(double frequency) {
      double turns = originalPositions * frequency / (2 * Math.PI);
      double fast = (turns - lowFrequencyFactor) / (highFrequencyFactor - lowFrequencyFactor);
      double share = Math.clamp(fast, 0, 1);
      return share * frequency + (1 - share) * frequency / factor;
    }
  }

  private static void positive(double value, String name) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new ModelException(
          "rope scaling with " + name + " " + value + " is out of range: fix config.json");
    }
  }
}
