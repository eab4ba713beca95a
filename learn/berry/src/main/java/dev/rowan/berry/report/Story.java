package dev.rowan.berry.report;

import java.util.List;

/**
 * What figures cannot show.
 *
 * @param chains chains before and after training, the most telling first
 * @param trees searched trees; one is enough
 */
public record Story(List<Pair> chains, List<Tree> trees) {

  /** Nothing to tell. */
  public static final Story NONE = new Story(List.of(), List.of());

  /** Copies the lists. */
  public Story {
    chains = List.copyOf(chains);
    trees = List.copyOf(trees);
  }

  /**
   * Two chains for one held-out problem.
   *
   * @param problem the question
   * @param answer the true answer
   * @param before a chain of the policy before training
   * @param after a chain of the trained policy
   */
  public record Pair(String problem, String answer, Chain before, Chain after) {}
}
