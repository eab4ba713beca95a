package dev.rowan.search;

import dev.rowan.core.SearchListener;
import dev.rowan.core.Step;
import dev.rowan.core.Trajectory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects the events of one search into the tree that it searched. */
public final class SearchTree implements SearchListener {

  /**
   * A step in the tree.
   *
   * @param id its number, from 1
   * @param parent the node before it; 0 is the problem
   * @param step what was written
   * @param scores the last score by each judge
   * @param pruned why it was given up, if it was
   * @param ended the chains that ended here
   * @param chosen whether it lies on the way to the answer
   */
  public record Node(
      int id,
      int parent,
      Step step,
      Map<String, Double> scores,
      Optional<String> pruned,
      List<Trajectory> ended,
      boolean chosen) {

    /** Copies the collections. */
    public Node {
      scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
      ended = List.copyOf(ended);
    }
  }

  private static final class Growing {
    private final Event.Created created;
    private final Map<String, Double> scores = new LinkedHashMap<>();
    private final List<Trajectory> ended = new ArrayList<>();
    private Optional<String> pruned = Optional.empty();
    private boolean chosen;

    Growing(Event.Created created) {
      this.created = created;
    }

    Node snapshot() {
      return new Node(
          created.node(), created.parent(), created.step(), scores, pruned, ended, chosen);
    }
  }

  private final Map<Integer, Growing> nodes = new LinkedHashMap<>();

  @Override
  public synchronized void on(Event event) {
    switch (event) {
      case Event.Created created -> nodes.put(created.node(), new Growing(created));
      case Event.Scored scored ->
        find(scored.node()).ifPresent(node -> node.scores.put(scored.by(), scored.value()));
      case Event.Pruned pruned ->
        find(pruned.node()).ifPresent(node -> node.pruned = Optional.of(pruned.reason()));
      case Event.Finished finished ->
        find(finished.node()).ifPresent(node -> node.ended.add(finished.trajectory()));
      case Event.Chosen chosen -> choose(chosen.node());
    }
  }

  private void choose(int last) {
    for (Optional<Growing> node = find(last);
        node.isPresent();
        node = find(node.get().created.parent())) {
      node.get().chosen = true;
    }
  }

  /** The root is no node: an event about it, such as the end of an empty chain, leaves no trace. */
  private Optional<Growing> find(int id) {
    return Optional.ofNullable(nodes.get(id));
  }

  /** All nodes as they are now, in the order in which they were created; a parent comes before its children. */
  public synchronized List<Node> nodes() {
    return nodes.values().stream().map(Growing::snapshot).toList();
  }

  /** The nodes below {@code parent}, in the order in which they were created. */
  public List<Node> children(int parent) {
    return nodes().stream().filter(node -> node.parent() == parent).toList();
  }

  /** The nodes from the problem to the answer; empty while nothing is chosen. */
  public List<Node> chosenPath() {
    return nodes().stream().filter(Node::chosen).toList();
  }
}
