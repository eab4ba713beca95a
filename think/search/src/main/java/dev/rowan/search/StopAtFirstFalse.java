package dev.rowan.search;

import dev.rowan.core.Budget;
import dev.rowan.core.BudgetSpentException;
import dev.rowan.core.Completion;
import dev.rowan.core.Finish;
import dev.rowan.core.Policy;
import dev.rowan.core.PolicyException;
import dev.rowan.core.Prefix;
import dev.rowan.core.Problem;
import dev.rowan.core.Sampling;
import dev.rowan.core.Seeds;
import dev.rowan.core.Step;
import dev.rowan.core.StepVerifier;
import dev.rowan.core.Token;
import dev.rowan.core.TokenListener;
import dev.rowan.core.Usage;
import dev.rowan.core.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * A policy that stops writing after the first line that a verifier calls false, with {@link Finish#PRUNED}: the tokens
 * that would follow cannot save the chain. Works under every strategy, line by line or by whole chains. A line that
 * nobody can verify is no reason to stop.
 *
 * <p>Each line is one call of the policy underneath and has a seed of its own, so a chain differs from the one that the
 * policy writes in one call with the same seed.
 *
 * @param policy who writes
 * @param verifier who judges the lines
 */
public record StopAtFirstFalse(Policy policy, StepVerifier verifier) implements Policy {

  @Override
  public Completion complete(
      Prefix prefix, Sampling sampling, Budget budget, TokenListener listener)
      throws InterruptedException {
    List<Token> tokens = new ArrayList<>();
    Usage usage = Usage.ZERO;
    Prefix chain = prefix;
    for (int line = 0; ; line++) {
      Completion next;
      try {
        next = policy.complete(chain, ofLine(sampling, tokens.size(), line), budget, listener);
      } catch (BudgetSpentException e) {
        if (line == 0) {
          throw e;
        }
        return new Completion(tokens, Finish.BUDGET, usage);
      } catch (PolicyException e) {
        if (line == 0 || !SearchRun.isFull(chain, e)) {
          throw e;
        }
        return new Completion(tokens, Finish.LENGTH, usage);
      }
      tokens.addAll(next.tokens());
      usage = usage.plus(next.usage());
      for (Step step : next.steps()) {
        chain = chain.plus(step);
      }
      Finish finish = finish(chain, sampling, next, tokens.size());
      if (finish != Finish.STOP || stoppedByCaller(sampling, next)) {
        return new Completion(tokens, finish, usage);
      }
    }
  }

  private static Sampling ofLine(Sampling sampling, int written, int line) {
    List<String> stop = new ArrayList<>(sampling.stop());
    stop.add("\n");
    return new Sampling(
        sampling.temperature(),
        sampling.topK(),
        sampling.topP(),
        sampling.maxTokens() - written,
        stop,
        Seeds.derive(sampling.seed(), line));
  }

  private Finish finish(Prefix chain, Sampling sampling, Completion line, int written) {
    boolean whole = line.finish() == Finish.STOP || line.finish() == Finish.END;
    if (whole && isFalse(chain.problem(), chain.steps())) {
      return Finish.PRUNED;
    }
    if (line.finish() == Finish.STOP && line.tokens().isEmpty()) {
      return Finish.END;
    }
    boolean goesOn = line.finish() == Finish.STOP && !stoppedByCaller(sampling, line);
    return goesOn && written >= sampling.maxTokens() ? Finish.LENGTH : line.finish();
  }

  private boolean isFalse(Problem problem, List<Step> steps) {
    return verifier.verifySteps(problem, steps).stream()
        .anyMatch(Verdict.Incorrect.class::isInstance);
  }

  private static boolean stoppedByCaller(Sampling sampling, Completion line) {
    return sampling.stop().stream().anyMatch(line.text()::contains);
  }
}
