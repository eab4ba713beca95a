package dev.rowan.berry.report;

import dev.rowan.core.Problem;
import dev.rowan.core.SearchListener;
import dev.rowan.core.Verifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The tree of one search.
 *
 * @param search what searched, in words
 * @param problem the question
 * @param answer the true answer
 * @param nodes all nodes but the root, which is the problem and has number 0; parents before their children
 */
public record Tree(String search, String problem, String answer, List<Node> nodes) {

  /** Copies the list; refuses a node whose parent does not stand before it. */
  public Tree {
    nodes = List.copyOf(nodes);
    Set<Integer> known = new HashSet<>(Set.of(0));
    for (Node node : nodes) {
      if (!known.contains(node.parent()) || !known.add(node.id())) {
        throw new IllegalArgumentException("node " + node.id() + " under " + node.parent()
            + " is twice there or stands before its parent");
      }
    }
  }

  /**
   * The tree that a search told its listener.
   *
   * @param search what searched, in words
   * @param problem the problem
   * @param answer the true answer
   * @param events what the listener heard, in order
   * @param verifier judges the chains that reached their end
   */
  public static Tree of(
      String search,
      Problem problem,
      String answer,
      List<SearchListener.Event> events,
      Verifier verifier) {
    Growth growth = new Growth(problem, verifier);
    events.forEach(growth::hear);
    String question = problem.question();
    return new Tree(
        search,
        question,
        answer,
        growth.nodes.values().stream().map(Growing::node).toList());
  }

  /**
   * One step.
   *
   * @param id its number, from 1
   * @param parent the node that it continues; 0 is the problem
   * @param text what was written
   * @param scores what judged it, and how highly; the last is the one that counts
   * @param pruned why it was given up, if it was
   * @param ending whether the chain that ends here is right, if one ends here
   * @param chosen whether it is part of the answer
   */
  public record Node(
      int id,
      int parent,
      String text,
      List<Judged> scores,
      Optional<String> pruned,
      Optional<Mark> ending,
      boolean chosen) {

    /** Copies the list. */
    public Node {
      scores = List.copyOf(scores);
    }
  }

  /** A score and what gave it. */
  public record Judged(String by, double value) {

    /** Checks the figure. */
    public Judged {
      Check.finite("value", value);
    }
  }

  /** A tree while its events are heard. */
  private static final class Growth {

    private final Map<Integer, Growing> nodes = new LinkedHashMap<>();
    private final Problem problem;
    private final Verifier verifier;

    Growth(Problem problem, Verifier verifier) {
      this.problem = problem;
      this.verifier = verifier;
    }

    void hear(SearchListener.Event event) {
      switch (event) {
        case SearchListener.Event.Created created ->
          nodes.put(
              created.node(),
              new Growing(created.node(), created.parent(), created.step().text()));
        case SearchListener.Event.Scored scored -> with(scored.node(), node -> node.score(scored));
        case SearchListener.Event.Pruned pruned ->
          with(pruned.node(), node -> node.pruned = Optional.of(pruned.reason()));
        case SearchListener.Event.Finished finished ->
          with(
              finished.node(),
              node -> node.ending = Optional.of(
                  Mark.of(verifier.verify(problem, finished.trajectory().answer()))));
        case SearchListener.Event.Chosen chosen -> choose(chosen.node());
      }
    }

    private void with(int id, Consumer<Growing> change) {
      Optional.ofNullable(nodes.get(id)).ifPresent(change);
    }

    private void choose(int id) {
      with(id, node -> {
        node.chosen = true;
        choose(node.parent);
      });
    }
  }

  /** A node while its events are heard. */
  private static final class Growing {

    private final int id;
    private final int parent;
    private final String text;
    private final Map<String, Double> scores = new LinkedHashMap<>();
    private Optional<String> pruned = Optional.empty();
    private Optional<Mark> ending = Optional.empty();
    private boolean chosen;

    Growing(int id, int parent, String text) {
      this.id = id;
      this.parent = parent;
      this.text = text;
    }

    void score(SearchListener.Event.Scored scored) {
      scores.remove(scored.by());
      scores.put(scored.by(), scored.value());
    }

    Node node() {
      List<Judged> judged = new ArrayList<>();
      scores.forEach((by, value) -> judged.add(new Judged(by, value)));
      return new Node(id, parent, text, judged, pruned, ending, chosen);
    }
  }
}
