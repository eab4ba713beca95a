package dev.rowan.berry;

import dev.rowan.berry.report.Round.Funnel;
import dev.rowan.core.Finish;
import dev.rowan.core.Problem;
import dev.rowan.core.Trajectory;
import dev.rowan.core.Verdict;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides which roll-outs are worth learning from: the right ones of problems that are neither always nor never solved,
 * each text once, and of those the best ranked.
 *
 * @param keptPerProblem right chains of a problem that are kept at most
 * @param tooEasy share of right roll-outs from which on a problem teaches nothing
 */
record Pruning(int keptPerProblem, double tooEasy) {

  /**
   * A roll-out with what is known about it.
   *
   * @param problem its problem
   * @param chain the chain
   * @param verdict whether it is right
   * @param rank how good it looks to the outcome reward model; higher is better
   */
  record Judged(Problem problem, Trajectory chain, Verdict verdict, double rank) {}

  /**
   * What is left.
   *
   * @param kept the chains to learn from
   * @param funnel where the others were lost
   */
  record Kept(List<Judged> kept, Funnel funnel) {}

  /** Prunes the roll-outs of one problem. Of roll-outs with the same rank, the first counts as the better. */
  Kept prune(List<Judged> rollouts) {
    List<Judged> right = rollouts.stream().filter(Pruning::isRight).toList();
    int unverifiable = (int) rollouts.stream()
        .filter(rollout -> rollout.verdict() instanceof Verdict.Unverifiable)
        .count();
    int wrong = rollouts.size() - right.size() - unverifiable;
    if (right.size() >= tooEasy * rollouts.size()) {
      return new Kept(
          List.of(), new Funnel(rollouts.size(), wrong, unverifiable, 0, right.size(), 0, 0));
    }
    Set<String> seen = new HashSet<>();
    List<Judged> distinct = right.stream()
        .sorted(Comparator.comparingDouble(Judged::rank).reversed())
        .filter(rollout -> seen.add(rollout.chain().text()))
        .toList();
    List<Judged> kept = distinct.subList(0, Math.min(keptPerProblem, distinct.size()));
    int duplicates = right.size() - distinct.size();
    int outranked = distinct.size() - kept.size();
    return new Kept(
        kept,
        new Funnel(rollouts.size(), wrong, unverifiable, duplicates, 0, outranked, kept.size()));
  }

  /** A right answer of a chain that was cut off by chance is no chain to learn from. */
  private static boolean isRight(Judged rollout) {
    return rollout.verdict().isCorrect() && rollout.chain().finish() == Finish.END;
  }
}
