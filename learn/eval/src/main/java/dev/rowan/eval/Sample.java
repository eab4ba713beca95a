package dev.rowan.eval;

import dev.rowan.core.PolicyException;
import dev.rowan.core.Problem;
import dev.rowan.core.Trajectory;
import dev.rowan.core.Usage;
import dev.rowan.core.Verdict;
import java.util.Optional;

/**
 * One attempt at a problem.
 *
 * @param problem the problem
 * @param number which attempt at it, from 0
 * @param seed the seed it was solved with
 * @param chain the chain that was chosen; empty if there is none
 * @param verdict whether it is right
 * @param extracted its answer in canonical form; empty if it gives none
 * @param usage what it cost, with what the strategy sampled beside it
 * @param failure why the policy could not answer, if it could not; the verdict is then unverifiable
 */
public record Sample(
    Problem problem,
    int number,
    long seed,
    Optional<Trajectory> chain,
    Verdict verdict,
    Optional<String> extracted,
    Usage usage,
    Optional<PolicyException> failure) {

  /** What the estimators need, with this score. */
  Graded graded(double score) {
    return new Graded(verdict.isCorrect(), extracted, score, usage.completionTokens());
  }

  /** Whether it is known to be right or wrong. */
  public boolean isVerified() {
    return !(verdict instanceof Verdict.Unverifiable);
  }
}
