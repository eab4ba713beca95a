package dev.rowan.train;

/** How the losses of single tokens become one loss: by the weight of a token in the sum. */
public enum Aggregation {

  /** Mean over sequences of the mean over their tokens (Shao et al. 2024). */
  GRPO {
    @Override
    public double tokenWeight(Totals totals, int length) {
      return 1 / (totals.sequences() * length);
    }
  },

  /** Mean over the tokens of this update alone. */
  BNPO {
    @Override
    public double tokenWeight(Totals totals, int length) {
      return 1 / totals.updateTokens();
    }
  },

  /** Sum over tokens by the number of sequences and the longest length allowed (Liu et al. 2025). */
  DR_GRPO {
    @Override
    public double tokenWeight(Totals totals, int length) {
      return 1 / (totals.sequences() * totals.maxCompletion());
    }
  },

  /** Mean over all tokens of the batch of roll-outs, whichever update they fall into (Yu et al. 2025). */
  DAPO {
    @Override
    public double tokenWeight(Totals totals, int length) {
      return 1 / totals.tokens();
    }
  };

  /**
   * The sizes of an update.
   *
   * @param sequences roll-outs of the batch, per update
   * @param updateTokens completion tokens that this update trains on
   * @param tokens completion tokens of the batch, per update
   * @param maxCompletion most tokens of a completion
   */
  public record Totals(double sequences, double updateTokens, double tokens, int maxCompletion) {}

  /** The weight of each token of a completion of {@code length} tokens. */
  public abstract double tokenWeight(Totals totals, int length);
}
