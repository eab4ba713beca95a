package dev.rowan.verify.judge;

import dev.rowan.core.Answer;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Answers that say nothing: punctuation, the opening of an answer and no more, or a sentence about answering. Model judges
 * pass a good part of them.
 *
 * <p>Zhao et al., "One Token to Fool LLM-as-a-Judge", 2025.
 */
final class Content {

  private static final String TASK =
      "answer answers answering problem question solution step steps reasoning explanation";

  private static final Set<String> OPENINGS = Set.of(
      "",
      "answer",
      "final answer",
      "the answer is",
      "the final answer is",
      "the answer",
      "solution",
      "the solution",
      "explanation",
      "reasoning",
      "thinking",
      "thought",
      "thought process",
      "lets think",
      "lets think step by step",
      "lets solve this problem step by step",
      "lets solve this step by step",
      "step by step",
      "step 1",
      "okay",
      "sure",
      "解",
      "答案",
      "かいせつ",
      "respuesta",
      "lösung",
      "réponse");

  /** Of these alone sentences about answering are made; none of them says what the answer is. */
  private static final Set<String> ABOUT_ANSWERING = Set.of((TASK
          + " the a an to of from for by this that it as so we us i me my you your let lets is are"
          + " will now here with and then first next follow follows following solve solving find"
          + " finding think thinking start begin need want going give given explain carefully"
          + " below above final okay ok sure well")
      .split(" "));

  /** A sentence that names none of these may be about something else. */
  private static final Set<String> TASKS = Set.of(TASK.split(" "));

  /** Shorter ones may be right: to some questions, "the first step" is the answer. */
  private static final int SENTENCE = 5;

  private Content() {}

  /** Whether nothing is left to judge. */
  static boolean isMissing(Answer answer) {
    String words = answer
        .text()
        .toLowerCase(Locale.ROOT)
        .replaceAll("['’]", "")
        .replaceAll("[^\\p{L}\\p{N}]+", " ")
        .strip();
    // A formula may be made of signs alone, but an answer of signs alone answers nothing.
    return OPENINGS.contains(words) || isAboutAnswering(List.of(words.split(" ")));
  }

  private static boolean isAboutAnswering(List<String> words) {
    return words.size() >= SENTENCE
        && ABOUT_ANSWERING.containsAll(words)
        && words.stream().anyMatch(TASKS::contains);
  }
}
