package dev.rowan.verify.judge;

import dev.rowan.core.Answer;
import java.util.Locale;
import java.util.Set;

/**
 * Answers that say nothing: punctuation, or the opening of an answer and no more. Model judges pass a good part of them.
 *
 * <p>Zhao et al., "One Token to Fool LLM-as-a-Judge", 2025.
 */
final class Content {

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
    return OPENINGS.contains(words);
  }
}
