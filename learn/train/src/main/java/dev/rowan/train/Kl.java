package dev.rowan.train;

import dev.rowan.tensor.Tensor;

/** Estimators of the divergence from a reference policy, from the log-probabilities of sampled tokens. */
public final class Kl {

  private Kl() {}

  /**
   * Schulman's k3, {@code exp(ref - logp) - (ref - logp) - 1} [n]: unbiased and never negative.
   *
   * @param logProbs the policy's, [n]
   * @param referenceLogProbs the reference's, [n]
   */
  public static Tensor k3(Tensor logProbs, Tensor referenceLogProbs) {
    Tensor difference = referenceLogProbs.sub(logProbs);
    return difference.exp().sub(difference).add(-1);
  }
}
