package dev.rowan.core;

import java.util.List;
import java.util.Map;

/**
 * A question and what counts as its answer.
 *
 * @param id unique within its data set
 * @param prompt the chat so far, the question last; never empty
 * @param reference what "correct" means
 * @param tags free facts about the problem, such as {@code family=grove}, {@code level=6}
 */
public record Problem(
    String id, List<Message> prompt, Reference reference, Map<String, String> tags) {

  /**
   * Copies the collections.
   *
   * @throws IllegalArgumentException if the prompt is empty or blank
   */
  public Problem {
    prompt = List.copyOf(prompt);
    tags = Map.copyOf(tags);
    if (prompt.isEmpty() || prompt.getLast().content().isBlank()) {
      throw new IllegalArgumentException("problem '" + id + "' is empty: give it a question");
    }
  }

  /** A problem with one user message and no tags. */
  public static Problem of(String id, String question, Reference reference) {
    return new Problem(id, List.of(Message.user(question)), reference, Map.of());
  }

  /** The text of the last message. */
  public String question() {
    return prompt.getLast().content();
  }
}
