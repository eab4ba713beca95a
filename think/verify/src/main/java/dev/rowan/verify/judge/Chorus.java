package dev.rowan.verify.judge;

import dev.rowan.core.Answer;
import dev.rowan.core.Budget;
import dev.rowan.core.BudgetSpentException;
import dev.rowan.core.PolicyException;
import dev.rowan.core.Problem;
import dev.rowan.core.Verdict;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Several judges, of the same or of different models, who vote. A judge that fails abstains; no agreement is
 * unverifiable.
 *
 * <p>Verga et al., "Replacing Judges with Juries", 2024.
 *
 * @param seats never empty
 * @param quorum what a verdict takes
 */
public record Chorus(List<Seat> seats, Quorum quorum) {

  /**
   * A judge and its weight.
   *
   * @param judge has the opinion
   * @param weight of its vote, above 0
   */
  public record Seat(Judge judge, double weight) {

    /**
     * Checks the weight.
     *
     * @throws IllegalArgumentException if it is 0 or less
     */
    public Seat {
      if (!(weight > 0)) {
        throw new IllegalArgumentException("a vote of weight " + weight + ": choose above 0");
      }
    }
  }

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public Chorus {
    seats = List.copyOf(seats);
    if (seats.isEmpty()) {
      throw new IllegalArgumentException("a chorus without judges: give one at least");
    }
  }

  /** Judges of equal weight. */
  public static Chorus of(Quorum quorum, Judge... judges) {
    List<Seat> seats = new ArrayList<>();
    for (Judge judge : judges) {
      seats.add(new Seat(judge, 1));
    }
    return new Chorus(seats, quorum);
  }

  /**
   * The verdict of the vote. Judges are asked one after the other, and no more of them than can change the outcome.
   *
   * @throws BudgetSpentException if nothing was left to spend before there was a verdict
   * @throws InterruptedException if the calling thread was interrupted
   */
  public Verdict vote(Problem problem, Answer answer, Budget budget) throws InterruptedException {
    Count count = new Count();
    double all = seats.stream().mapToDouble(Seat::weight).sum();
    double left = all;
    for (Seat seat : seats) {
      count.add(opinion(seat.judge(), problem, answer, budget), seat.weight());
      left -= seat.weight();
      if (settled(count, left, all)) {
        break;
      }
    }
    return verdict(count, all);
  }

  /** One side has it even if all who are left vote for the other, or none gets it even if all vote for it. */
  private boolean settled(Count count, double left, double all) {
    double voted = count.pass + count.fail;
    double most = voted + left;
    boolean won = quorum.present(voted, all)
        && (quorum.reached(count.pass, most, all) || quorum.reached(count.fail, most, all));
    boolean hopeless = !quorum.reached(count.pass + left, most, all)
        && !quorum.reached(count.fail + left, most, all);
    return won || hopeless;
  }

  private Verdict verdict(Count count, double all) {
    double voted = count.pass + count.fail;
    if (quorum.reached(count.pass, voted, all)) {
      return new Verdict.Correct();
    }
    if (quorum.reached(count.fail, voted, all)) {
      return new Verdict.Incorrect(count.because);
    }
    return new Verdict.Unverifiable(voted == 0 ? count.silence : count.disagreement(all));
  }

  private static Opinion opinion(Judge judge, Problem problem, Answer answer, Budget budget)
      throws InterruptedException {
    try {
      return judge.judge(problem, answer, budget);
    } catch (PolicyException e) {
      return new Opinion.Abstention(String.valueOf(e.getMessage()));
    }
  }

  private static final class Count {

    private double pass;
    private double fail;
    private String because = "";
    private String silence = "";

    String disagreement(double all) {
      String silent = silence.isEmpty() ? "" : " (" + silence + ")";
      return String.format(
          Locale.ROOT,
          "no agreement: %s for, %s against, %s without a vote%s",
          weight(pass),
          weight(fail),
          weight(all - pass - fail),
          silent);
    }

    private static String weight(double weight) {
      return BigDecimal.valueOf(weight)
          .setScale(3, RoundingMode.HALF_UP)
          .stripTrailingZeros()
          .toPlainString();
    }

    void add(Opinion opinion, double weight) {
      switch (opinion) {
        case Opinion.Pass _ -> pass += weight;
        case Opinion.Fail(String reason) -> {
          fail += weight;
          because = because.isEmpty() ? reason : because;
        }
        case Opinion.Abstention(String cause) -> silence = silence.isEmpty() ? cause : silence;
      }
    }
  }
}
