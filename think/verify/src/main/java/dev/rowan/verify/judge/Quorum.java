package dev.rowan.verify.judge;

/**
 * How much agreement a verdict takes. Weights of abstentions count for neither side.
 *
 * @param share of the weight of all who voted that one side must reach; above ½, up to 1
 * @param turnout share of the weight of all judges that must have voted; 0 to 1
 */
public record Quorum(double share, double turnout) {

  /** More than half of those who voted, who are at least half of all. */
  public static final Quorum MAJORITY = new Quorum(Math.nextUp(0.5), 0.5);

  /** All, and nobody abstains. */
  public static final Quorum UNANIMITY = new Quorum(1, 1);

  /** Sums of weights such as 0.1 are off by less. */
  private static final double ROUNDING = 1e-9;

  /**
   * Checks the shares.
   *
   * @throws IllegalArgumentException naming the one that is out of range
   */
  public Quorum {
    if (!(share > 0.5 && share <= 1)) {
      throw new IllegalArgumentException("a quorum of " + share + ": choose above 0.5, up to 1");
    }
    if (!(turnout >= 0 && turnout <= 1)) {
      throw new IllegalArgumentException("a turnout of " + turnout + ": choose 0 to 1");
    }
  }

  /** Whether enough have voted. */
  boolean present(double voted, double all) {
    return voted >= (turnout - ROUNDING) * all;
  }

  /** Whether a side of this weight has won. */
  boolean reached(double side, double voted, double all) {
    return voted > 0
        && present(voted, all)
        && side > (0.5 + ROUNDING) * voted
        && side >= (share - ROUNDING) * voted;
  }
}
