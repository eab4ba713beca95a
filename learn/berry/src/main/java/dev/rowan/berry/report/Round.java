package dev.rowan.berry.report;

/**
 * One round of the loop. Costs are those of this round alone.
 *
 * @param round its number, from 1
 * @param rollouts roll-outs sampled
 * @param correct roll-outs that the verifier accepted
 * @param kept roll-outs that the policy was trained on
 * @param funnel where the others were lost
 * @param passAt1 share of single samples at temperature 1 that solve a held-out problem, after this round
 * @param passAt1Interval its 95 % interval
 * @param greedy share of held-out problems that the likeliest chain solves, after this round
 * @param greedyInterval its 95 % interval
 * @param reward mean reward of the roll-outs
 * @param loss mean training loss
 * @param entropy mean entropy of the policy's next token, in nats
 * @param seconds wall-clock time
 * @param tokens tokens generated
 */
public record Round(
    int round,
    long rollouts,
    long correct,
    long kept,
    Funnel funnel,
    double passAt1,
    Interval passAt1Interval,
    double greedy,
    Interval greedyInterval,
    double reward,
    double loss,
    double entropy,
    double seconds,
    long tokens) {

  /** Checks the figures. */
  public Round {
    Check.count("round", round, 1, Integer.MAX_VALUE);
    Check.count("rollouts", rollouts);
    Check.count("correct", correct, 0, rollouts);
    Check.count("kept", kept, 0, rollouts);
    Check.rate("passAt1", passAt1);
    passAt1Interval.around("passAt1", passAt1);
    Check.rate("greedy", greedy);
    greedyInterval.around("greedy", greedy);
    Check.finite("reward", reward);
    Check.finite("loss", loss);
    Check.amount("entropy", entropy);
    Check.amount("seconds", seconds);
    Check.count("tokens", tokens);
  }

  /**
   * Where roll-outs were lost, in the order in which they are sieved; what is lost and what is kept add up to what was
   * sampled.
   *
   * @param sampled all of them
   * @param wrong the verifier refused the answer
   * @param unverifiable nobody could tell
   * @param duplicate another roll-out of the problem says the same
   * @param tooEasy the problem is solved by nearly every roll-out
   * @param outranked others of the problem scored higher
   * @param kept trained on
   */
  public record Funnel(
      long sampled,
      long wrong,
      long unverifiable,
      long duplicate,
      long tooEasy,
      long outranked,
      long kept) {

    /** Nothing sampled yet. */
    public static final Funnel EMPTY = new Funnel(0, 0, 0, 0, 0, 0, 0);

    /** Refuses a funnel that does not add up. */
    public Funnel {
      Check.count("wrong", wrong);
      Check.count("unverifiable", unverifiable);
      Check.count("duplicate", duplicate);
      Check.count("tooEasy", tooEasy);
      Check.count("outranked", outranked);
      Check.count("kept", kept);
      long sum = wrong + unverifiable + duplicate + tooEasy + outranked + kept;
      if (sum != sampled) {
        throw new IllegalArgumentException(
            "sampled is " + sampled + ", but what was lost and kept adds up to " + sum);
      }
    }

    /** Both together. */
    public Funnel plus(Funnel other) {
      return new Funnel(
          sampled + other.sampled,
          wrong + other.wrong,
          unverifiable + other.unverifiable,
          duplicate + other.duplicate,
          tooEasy + other.tooEasy,
          outranked + other.outranked,
          kept + other.kept);
    }
  }
}
