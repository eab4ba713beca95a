package dev.rowan.search;

import dev.rowan.core.Finish;
import dev.rowan.core.Prefix;
import dev.rowan.core.Problem;
import dev.rowan.core.Step;
import dev.rowan.core.Trajectory;
import dev.rowan.core.Usage;

/**
 * A chain as far as a search has written it.
 *
 * @param id its last step's number in the search tree; 0 for the root
 * @param parent the number of the step before it; the same as {@code id} if the chain ended without another step
 * @param prefix the chain
 * @param finish {@link Finish#STOP} while it can go on, else why it ended
 * @param usage what writing it cost
 */
record Node(int id, int parent, Prefix prefix, Finish finish, Usage usage) {

  static Node root(Problem problem) {
    return new Node(0, 0, Prefix.of(problem), Finish.STOP, Usage.ZERO);
  }

  boolean isOpen() {
    return finish == Finish.STOP;
  }

  /** Number of tokens written so far. */
  int tokens() {
    int tokens = 0;
    for (Step step : prefix.steps()) {
      tokens += step.tokens().size();
    }
    return tokens;
  }

  SearchRun.Chain chain() {
    return chain(finish);
  }

  SearchRun.Chain chain(Finish why) {
    return new SearchRun.Chain(
        id, new Trajectory(prefix.problem().id(), prefix.steps(), why, usage));
  }
}
