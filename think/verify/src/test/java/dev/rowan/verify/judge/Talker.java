package dev.rowan.verify.judge;

import dev.rowan.core.Budget;
import dev.rowan.core.Completion;
import dev.rowan.core.Finish;
import dev.rowan.core.Policy;
import dev.rowan.core.Prefix;
import dev.rowan.core.Sampling;
import dev.rowan.core.Token;
import dev.rowan.core.TokenListener;
import dev.rowan.core.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A model that answers questions as it is told, charges ten tokens for each, and remembers what it was asked. */
final class Talker implements Policy {

  private static final int TOKENS = 10;

  private final UnaryOperator<String> replies;
  private final List<String> asked = new ArrayList<>();

  Talker(UnaryOperator<String> replies) {
    this.replies = replies;
  }

  static Talker saying(String reply) {
    return new Talker(question -> reply);
  }

  List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public Completion complete(
      Prefix prefix, Sampling sampling, Budget budget, TokenListener listener) {
    try (Budget.Charge charge = budget.charge(TOKENS, 0)) {
      asked.add(prefix.problem().question());
      Usage usage = new Usage(1, 0, TOKENS, 0);
      charge.settle(usage);
      String reply = replies.apply(prefix.problem().question());
      return new Completion(List.of(new Token(Token.UNKNOWN_ID, reply, 0)), Finish.END, usage);
    }
  }
}
