package dev.rowan.policy.openai;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Which parameters an endpoint does not take, learnt from its refusals. Only parameters that change nothing about what is
 * asked for are left out; a refused temperature stays an error.
 */
final class Dialect {

  static final String LOG_PROBS = "logprobs";
  static final String STREAM_OPTIONS = "stream_options";
  static final String SEED = "seed";
  static final String MAX_TOKENS = "max_tokens";
  static final String MAX_COMPLETION_TOKENS = "max_completion_tokens";
  static final String CONTINUE = "continue_final_message";
  static final String NEW_TURN = "add_generation_prompt";

  private static final List<String> DISPENSABLE =
      List.of(LOG_PROBS, STREAM_OPTIONS, SEED, CONTINUE, NEW_TURN);

  private final Set<String> refused = ConcurrentHashMap.newKeySet();

  boolean takes(String parameter) {
    return !refused.contains(parameter);
  }

  /**
   * Remembers the parameter that a refusal names.
   *
   * @param sent the parameters of the refused request
   * @return whether asking again without it makes sense
   */
  boolean learn(ApiError error, Set<String> sent) {
    if (sent.contains(MAX_TOKENS) && error.message().contains(MAX_COMPLETION_TOKENS)) {
      refused.add(MAX_TOKENS);
      return true;
    }
    return DISPENSABLE.stream()
        .filter(parameter -> sent.contains(parameter) && names(error, parameter))
        .findFirst()
        .map(parameter -> {
          refused.add(parameter);
          return true;
        })
        .orElse(false);
  }

  private static boolean names(ApiError error, String parameter) {
    if (!error.parameter().isEmpty()) {
      return error.parameter().equals(parameter) || error.parameter().startsWith(parameter + ".");
    }
    return Pattern.compile("\\b" + parameter + "\\b").matcher(error.message()).find();
  }
}
