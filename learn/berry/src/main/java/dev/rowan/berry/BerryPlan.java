package dev.rowan.berry;

/**
 * How much of everything a run does. Counts rather than clocks, so that a run that was killed and resumed comes to the same
 * result as one that was not.
 *
 * @param seed the run is a function of it
 * @param minutes wall-clock time that the rounds may take at most; those that no longer fit are left out
 * @param rounds rounds of the loop
 * @param problems problems of a round
 * @param rollouts roll-outs of each
 * @param searched unsolved problems of a round that are given to tree search
 * @param keptPerProblem right chains of a problem that are kept at most
 * @param learningRate of the post-training, before it falls
 * @param heldOut held-out problems of the hard level
 * @param samples samples of each in the final curves
 * @param judged problems whose roll-outs bring the process reward model up to date with the final policy
 */
public record BerryPlan(
    long seed,
    double minutes,
    int rounds,
    int problems,
    int rollouts,
    int searched,
    int keptPerProblem,
    double learningRate,
    int heldOut,
    int samples,
    int judged) {

  /** Roll-outs of a problem, as GRPO needs them to compare. */
  private static final int GROUP = 8;

  /** A plan that takes about so many minutes on two cores. */
  public static BerryPlan forMinutes(double minutes, long seed) {
    if (!(minutes > 0 && Double.isFinite(minutes))) {
      throw new IllegalArgumentException(minutes + " minutes: give a number above 0, such as 10");
    }
    int rounds = Math.clamp(Math.round(minutes * 1.8), 1, 1000);
    boolean small = minutes < 4;
    return new BerryPlan(
        seed,
        minutes,
        rounds,
        256,
        GROUP,
        8,
        2,
        6e-4,
        small ? 100 : 300,
        small ? 8 : 32,
        small ? 256 : 2048);
  }
}
