package dev.rowan.engine;

import java.util.List;

/**
 * The continuation of a sequence.
 *
 * @param tokens new token ids, the one that ended it included
 * @param logProbs natural log-probability of each under the untempered model
 * @param alternatives for each position the most likely tokens, as many as were asked for, or nothing
 * @param stopped whether the stop rule ended it, rather than a limit
 */
public record Generation(
    int[] tokens, float[] logProbs, List<List<Alternative>> alternatives, boolean stopped) {

  /**
   * A token that could have been drawn.
   *
   * @param token its id
   * @param logProb natural log-probability under the untempered model
   */
  public record Alternative(int token, float logProb) {}
}
