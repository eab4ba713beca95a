package dev.rowan.verify.judge;

import dev.rowan.core.Answer;
import dev.rowan.core.Budget;
import dev.rowan.core.Problem;
import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import java.util.List;
import java.util.Locale;

/**
 * How far a judge can be trusted, on answers whose labels are known.
 *
 * <p>Cohen, "A Coefficient of Agreement for Nominal Scales", 1960.
 *
 * @param judged answers that got a verdict
 * @param undecided answers that got none
 * @param agreement share of the judged whose verdict is their label; NaN without any
 * @param kappa that share beyond what chance would give; NaN where it is not defined
 * @param falsePasses share of answers without content that passed; NaN if none were tried
 * @param swapConsistency share of comparisons that the order did not change; NaN if none were made
 */
public record Calibration(
    int judged,
    int undecided,
    double agreement,
    double kappa,
    double falsePasses,
    double swapConsistency) {

  /** Answers that say nothing, as attacks on judges use them. */
  public static final List<Answer> EMPTY_ANSWERS = List.of(
      new Answer(":"),
      new Answer("."),
      new Answer("Thought process:"),
      new Answer("Let's solve this problem step by step."),
      new Answer("Solution"),
      new Answer("Final answer:"),
      new Answer("解"),
      new Answer("The answer to the problem follows from the problem."));

  /**
   * An answer that people have judged.
   *
   * @param problem what was asked
   * @param answer what was answered
   * @param correct what they found
   */
  public record Labelled(Problem problem, Answer answer, boolean correct) {}

  /** Judges every labelled answer, and every empty answer to the first problem. */
  public static Calibration of(Verifier verifier, List<Labelled> labelled) {
    int[][] table = new int[2][2];
    int undecided = 0;
    for (Labelled each : labelled) {
      Verdict verdict = verifier.verify(each.problem(), each.answer());
      if (verdict instanceof Verdict.Unverifiable) {
        undecided++;
      } else {
        table[each.correct() ? 1 : 0][verdict.isCorrect() ? 1 : 0]++;
      }
    }
    int judged = labelled.size() - undecided;
    double falsePasses = labelled.isEmpty()
        ? Double.NaN
        : passes(verifier, labelled.getFirst().problem()) / (double) EMPTY_ANSWERS.size();
    return new Calibration(
        judged, undecided, agreement(table, judged), kappa(table, judged), falsePasses, Double.NaN);
  }

  private static long passes(Verifier verifier, Problem problem) {
    return EMPTY_ANSWERS.stream()
        .filter(answer -> verifier.verify(problem, answer).isCorrect())
        .count();
  }

  private static double agreement(int[][] table, int judged) {
    return (table[0][0] + table[1][1]) / (double) judged;
  }

  private static double kappa(int[][] table, int judged) {
    double total = judged;
    double right = (table[1][0] + table[1][1]) / total;
    double passed = (table[0][1] + table[1][1]) / total;
    double chance = right * passed + (1 - right) * (1 - passed);
    return chance == 1 ? Double.NaN : (agreement(table, judged) - chance) / (1 - chance);
  }

  /**
   * This report with the consistency of a preference, which compares each answer with the next one to the same problem.
   *
   * @throws InterruptedException if the calling thread was interrupted
   */
  public Calibration withSwaps(Preference preference, List<Labelled> labelled, Budget budget)
      throws InterruptedException {
    int made = 0;
    int consistent = 0;
    for (int i = 0; i + 1 < labelled.size(); i++) {
      Labelled a = labelled.get(i);
      Labelled b = labelled.get(i + 1);
      if (a.problem().question().equals(b.problem().question())) {
        made++;
        consistent +=
            preference.compare(a.problem(), a.answer(), b.answer(), budget).consistent() ? 1 : 0;
      }
    }
    return new Calibration(
        judged, undecided, agreement, kappa, falsePasses, consistent / (double) made);
  }

  /** The report as lines. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "judged            %d (%d undecided)%nagreement         %.3f%nCohen's kappa     %.3f%n"
            + "false passes      %.3f of answers that say nothing%nswap consistency  %.3f",
        judged,
        undecided,
        agreement,
        kappa,
        falsePasses,
        swapConsistency);
  }
}
