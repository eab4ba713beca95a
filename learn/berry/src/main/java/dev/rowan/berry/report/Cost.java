package dev.rowan.berry.report;

/**
 * What a run cost.
 *
 * @param rollouts roll-outs sampled for training
 * @param kept roll-outs trained on
 * @param tokensGenerated tokens generated, evaluation included
 * @param forwardPasses forward passes of any model
 * @param backwardPasses backward passes of any model
 * @param shares where the time went
 */
public record Cost(
    long rollouts,
    long kept,
    long tokensGenerated,
    long forwardPasses,
    long backwardPasses,
    Shares shares) {

  /** Checks the figures. */
  public Cost {
    Check.count("rollouts", rollouts);
    Check.count("kept", kept, 0, rollouts);
    Check.count("tokensGenerated", tokensGenerated);
    Check.count("forwardPasses", forwardPasses);
    Check.count("backwardPasses", backwardPasses);
  }

  /** Shares of the wall-clock time; what is missing to 1 went elsewhere. */
  public record Shares(double sampling, double verifying, double training, double evaluating) {

    /** Checks the figures. */
    public Shares {
      Check.rate("sampling", sampling);
      Check.rate("verifying", verifying);
      Check.rate("training", training);
      Check.rate("evaluating", evaluating);
      Check.rate("the sum of the shares", sampling + verifying + training + evaluating);
    }
  }
}
