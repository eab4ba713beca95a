package dev.rowan.core;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One chain of thought.
 *
 * @param problemId the problem it answers
 * @param steps its lines, in order
 * @param finish why it ended
 * @param usage what writing it cost
 */
public record Trajectory(String problemId, List<Step> steps, Finish finish, Usage usage) {

  /** Copies the list. */
  public Trajectory {
    steps = List.copyOf(steps);
  }

  /** The chain that a policy completed after {@code prefix}. */
  public static Trajectory of(Prefix prefix, Completion completion) {
    List<Step> steps = new ArrayList<>(prefix.steps());
    steps.addAll(completion.steps());
    return new Trajectory(prefix.problem().id(), steps, completion.finish(), completion.usage());
  }

  /** The whole chain as text. */
  public String text() {
    return steps.stream().map(Step::text).collect(Collectors.joining());
  }

  /** The chain as an answer to verify. */
  public Answer answer() {
    return new Answer(text());
  }

  /** All sampled tokens, in order. */
  public List<Token> tokens() {
    return steps.stream().flatMap(step -> step.tokens().stream()).toList();
  }
}
