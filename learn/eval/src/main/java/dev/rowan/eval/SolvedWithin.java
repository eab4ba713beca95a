package dev.rowan.eval;

import dev.rowan.core.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The chance that chains sampled one after the other, each checked by a verifier, solve a problem before a budget of
 * tokens is spent: a mean over random orders of the samples at hand, the same orders for the same seed. Where the samples
 * together cost less than the budget, no more than their coverage can come out.
 *
 * @param seed of the orders
 * @param orders how many orders are tried
 */
public record SolvedWithin(long seed, int orders) {

  /** The share of orders in which a right chain ends within {@code tokens}. */
  public double expected(List<Graded> samples, long tokens) {
    SplittableRandom random = new SplittableRandom(Seeds.derive(seed, "orders"));
    int solved = 0;
    for (int i = 0; i < orders; i++) {
      List<Graded> left = new ArrayList<>(samples);
      for (long spent = 0; !left.isEmpty(); ) {
        Graded next = left.remove(random.nextInt(left.size()));
        spent += next.tokens();
        if (spent > tokens || next.correct()) {
          solved += spent <= tokens ? 1 : 0;
          break;
        }
      }
    }
    return (double) solved / orders;
  }
}
