package dev.rowan.cli;

import dev.rowan.core.Budget;
import dev.rowan.core.Completion;
import dev.rowan.core.Policy;
import dev.rowan.core.Prefix;
import dev.rowan.core.Sampling;
import dev.rowan.core.Token;
import dev.rowan.core.TokenListener;
import java.io.PrintWriter;

/**
 * Shows what a policy writes while it writes it.
 *
 * @param policy what writes
 * @param out where it shows
 */
record StreamedPolicy(Policy policy, PrintWriter out) implements Policy {

  @Override
  public Completion complete(
      Prefix prefix, Sampling sampling, Budget budget, TokenListener listener)
      throws InterruptedException {
    return policy.complete(prefix, sampling, budget, new TokenListener() {
      @Override
      public void onToken(Token token) {
        out.print(token.text());
        out.flush();
        listener.onToken(token);
      }

      @Override
      public void onRestart() {
        out.println();
        out.println("(the connection was lost; the chain starts over)");
        listener.onRestart();
      }
    });
  }
}
