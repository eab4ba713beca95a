package dev.rowan.search;

import dev.rowan.core.Answer;
import java.util.Optional;

/** Finds what a response concludes, in a canonical form: two responses agree exactly if this is equal. */
@FunctionalInterface
public interface AnswerExtractor {

  /** The final answer; empty if the response gives none. */
  Optional<String> extract(Answer answer);
}
