package dev.rowan.berry.report;

import dev.rowan.core.Problem;
import dev.rowan.core.Verifier;
import dev.rowan.search.SearchTree;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The tree of one search, judged.
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
   * A tree that a search left.
   *
   * @param search what searched, in words
   * @param problem the problem
   * @param answer the true answer
   * @param searched the tree
   * @param verifier judges the chains that reached their end
   */
  public static Tree of(
      String search, Problem problem, String answer, SearchTree searched, Verifier verifier) {
    List<Node> nodes =
        searched.nodes().stream().map(node -> Node.of(node, problem, verifier)).toList();
    return new Tree(search, problem.question(), answer, nodes);
  }

  /**
   * One step.
   *
   * @param id its number, from 1
   * @param parent the node that it continues; 0 is the problem
   * @param text what was written
   * @param scores what judged it, and how highly; the last is the one that is drawn
   * @param pruned why it was given up, if it was
   * @param endings the chains that end here: whether their answers are right
   * @param chosen whether it is part of the answer
   */
  public record Node(
      int id,
      int parent,
      String text,
      List<Judged> scores,
      Optional<String> pruned,
      List<Mark> endings,
      boolean chosen) {

    /** Copies the lists. */
    public Node {
      scores = List.copyOf(scores);
      endings = List.copyOf(endings);
    }

    private static Node of(SearchTree.Node node, Problem problem, Verifier verifier) {
      return new Node(
          node.id(),
          node.parent(),
          node.step().text(),
          node.scores().entrySet().stream()
              .map(score -> new Judged(score.getKey(), score.getValue()))
              .toList(),
          node.pruned(),
          node.ended().stream()
              .map(chain -> Mark.of(verifier.verify(problem, chain.answer())))
              .toList(),
          node.chosen());
    }
  }

  /** A score and what gave it. */
  public record Judged(String by, double value) {

    /** Checks the figure. */
    public Judged {
      Check.finite("value", value);
    }
  }
}
