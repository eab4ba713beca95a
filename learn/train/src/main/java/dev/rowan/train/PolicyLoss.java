package dev.rowan.train;

import dev.rowan.tensor.Tensor;

/** The clipped surrogate of PPO (Schulman et al. 2017) on single tokens. */
public final class PolicyLoss {

  private PolicyLoss() {}

  /** Probability ratios π(x) / π_old(x) [n] from log-probabilities [n]. */
  public static Tensor ratio(Tensor logProbs, Tensor oldLogProbs) {
    return logProbs.sub(oldLogProbs).exp();
  }

  /**
   * Losses [n]: {@code -min(r A, clip(r, 1 - low, 1 + high) A)}.
   *
   * @param ratio r, [n]
   * @param advantages A, [n]
   * @param low how far a ratio may fall before a worse token stops pushing
   * @param high how far it may rise before a better token stops pulling; larger than {@code low} explores more (Yu et
   *     al. 2025)
   */
  public static Tensor clipped(Tensor ratio, Tensor advantages, double low, double high) {
    Tensor free = ratio.mul(advantages);
    return free.min(ratio.clamp(1 - low, 1 + high).mul(advantages)).neg();
  }
}
