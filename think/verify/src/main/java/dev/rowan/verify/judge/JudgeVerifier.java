package dev.rowan.verify.judge;

import dev.rowan.core.Answer;
import dev.rowan.core.Budget;
import dev.rowan.core.BudgetSpentException;
import dev.rowan.core.Problem;
import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import java.util.List;

/**
 * Verifies by judgement where rules do not decide: the rules are asked first, an answer without content is incorrect before
 * any call, and then the chorus votes.
 *
 * @param rules decide without guessing, where they can
 * @param chorus votes on the rest
 * @param budget all calls of this verifier are charged to it
 */
public record JudgeVerifier(List<Verifier> rules, Chorus chorus, Budget budget)
    implements Verifier {

  /** Copies the list. */
  public JudgeVerifier {
    rules = List.copyOf(rules);
  }

  @Override
  public Verdict verify(Problem problem, Answer answer) {
    for (Verifier rule : rules) {
      Verdict verdict = rule.verify(problem, answer);
      if (!(verdict instanceof Verdict.Unverifiable)) {
        return verdict;
      }
    }
    if (Content.isMissing(answer)) {
      return new Verdict.Incorrect("the answer says nothing");
    }
    try {
      return chorus.vote(problem, answer, budget);
    } catch (BudgetSpentException e) {
      return new Verdict.Unverifiable(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Verdict.Unverifiable("interrupted");
    }
  }
}
