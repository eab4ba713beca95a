package dev.rowan.core;

/**
 * Hears a search as it happens. Nodes are numbered from 1 by the search; 0 is the root, the problem itself. Called from
 * several threads, one call at a time.
 */
@FunctionalInterface
public interface SearchListener {

  /** Hears nothing. */
  SearchListener NONE = event -> {};

  /** Something happened. */
  void on(Event event);

  /** What can happen. */
  sealed interface Event {

    /**
     * A step was added below {@code parent}.
     *
     * @param node the new node
     * @param parent the node it continues
     * @param step what was written
     */
    record Created(int node, int parent, Step step) implements Event {}

    /**
     * A node was judged.
     *
     * @param node the node
     * @param by what judged it, such as {@code "prm"} or {@code "rollouts"}
     * @param value higher is better
     */
    record Scored(int node, String by, double value) implements Event {}

    /**
     * A node was given up.
     *
     * @param node the node
     * @param reason why, in words
     */
    record Pruned(int node, String reason) implements Event {}

    /**
     * A chain reached its end here.
     *
     * @param node its last node
     * @param trajectory the chain
     */
    record Finished(int node, Trajectory trajectory) implements Event {}

    /**
     * This node's chain is the answer.
     *
     * @param node its last node
     */
    record Chosen(int node) implements Event {}
  }
}
