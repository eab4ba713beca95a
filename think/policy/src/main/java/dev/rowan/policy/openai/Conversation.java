package dev.rowan.policy.openai;

import dev.rowan.core.Budget;
import dev.rowan.core.BudgetSpentException;
import dev.rowan.core.Completion;
import dev.rowan.core.PolicyException;
import dev.rowan.core.PolicyException.Reason;
import dev.rowan.core.Prefix;
import dev.rowan.core.Sampling;
import dev.rowan.core.TokenListener;
import dev.rowan.core.Usage;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All tries at one completion, each with a charge of its own. */
final class Conversation {

  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  private final Call call;
  private final Endpoint endpoint;
  private final Dialect dialect;
  private final Prefix prefix;
  private final Sampling sampling;
  private final long promptBound;
  private final Backoff backoff;
  private Usage lost = Usage.ZERO;

  Conversation(Call call, Endpoint endpoint, Dialect dialect, Prefix prefix, Sampling sampling) {
    this.call = call;
    this.endpoint = endpoint;
    this.dialect = dialect;
    this.prefix = prefix;
    this.sampling = sampling;
    this.promptBound = ChatRequest.promptBound(prefix);
    this.backoff = new Backoff(endpoint.firstBackoff(), sampling.seed());
  }

  /** Tries until there is an answer or a reason to give up. Its usage holds what all tries cost. */
  Completion complete(Budget budget, TokenListener listener) throws InterruptedException {
    int tries = 0;
    while (true) {
      try {
        Optional<Completion> answer = once(budget, listener);
        if (answer.isPresent()) {
          return new Completion(
              answer.get().tokens(), answer.get().finish(), answer.get().usage().plus(lost));
        }
      } catch (CallFailedException e) {
        tries++;
        waitOrThrow(e, tries, budget);
      }
    }
  }

  private Optional<Completion> once(Budget budget, TokenListener listener)
      throws CallFailedException, InterruptedException {
    try (Budget.Charge charge = charge(budget)) {
      Reply reply = new Reply(sampling, endpoint.price(), promptBound, charge.tokens(), listener);
      try {
        return call.run(
            ChatRequest.of(endpoint, dialect, prefix, sampling, charge.tokens()), reply);
      } catch (CallFailedException e) {
        lost = lost.plus(reply.cost());
        if (reply.started()) {
          listener.onRestart();
        }
        throw e;
      } finally {
        charge.settle(reply.cost());
      }
    }
  }

  private Budget.Charge charge(Budget budget) {
    long wanted = Math.min(sampling.maxTokens(), Math.max(1, budget.tokensLeft()));
    long affordable = endpoint.price().affordable(promptBound, wanted, budget.microDollarsLeft());
    if (affordable == 0) {
      throw new BudgetSpentException("money");
    }
    return budget.charge(affordable, endpoint.price().of(promptBound, affordable));
  }

  private void waitOrThrow(CallFailedException failure, int tries, Budget budget)
      throws InterruptedException {
    String message = endpoint.hideKey(String.valueOf(failure.getMessage()));
    if (!failure.tries().allowAnotherAfter(tries)) {
      throw new PolicyException(failure.reason(), message);
    }
    Duration wait = backoff.after(tries, failure.retryAfter());
    if (wait.compareTo(LONGEST_WAIT) > 0) {
      throw new PolicyException(
          Reason.UNAVAILABLE, message + "; it asks for a wait of " + wait.toSeconds() + " s");
    }
    if (wait.compareTo(budget.timeLeft()) >= 0) {
      throw new BudgetSpentException("time");
    }
    LOG.info("{}; next try in {} ms", message, wait.toMillis());
    Thread.sleep(wait);
  }
}
