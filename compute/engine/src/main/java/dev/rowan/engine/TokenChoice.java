package dev.rowan.engine;

import java.util.Map;

/**
 * How the next token is chosen from the model's logits. In this order: penalties and bias change the logits, temperature
 * divides them, then top-k, top-p and min-p each leave out unlikely tokens.
 *
 * @param temperature 0 takes the most likely token
 * @param topK only the most likely tokens; 0 for all
 * @param topP only the most likely tokens that together reach this probability; 1 for all (Holtzman et al. 2020)
 * @param minP only tokens that are at least this share as likely as the most likely one; 0 for all
 * @param repetitionPenalty divides positive logits of tokens that occurred in prompt or text, and multiplies negative ones;
 *     1 for none (Keskar et al. 2019)
 * @param presencePenalty taken off the logits of tokens that occurred in the text; 0 for none
 * @param frequencyPenalty the same for each time that they occurred; 0 for none
 * @param logitBias added to the logits of these tokens
 */
public record TokenChoice(
    double temperature,
    int topK,
    double topP,
    double minP,
    double repetitionPenalty,
    double presencePenalty,
    double frequencyPenalty,
    Map<Integer, Float> logitBias) {

  /** The model as it is. */
  public static final TokenChoice PLAIN = new TokenChoice(1, 0, 1, 0, 1, 0, 0, Map.of());

  /**
   * Checks the numbers.
   *
   * @throws EngineException naming the one that is out of range
   */
  public TokenChoice {
    logitBias = Map.copyOf(logitBias);
    check(temperature >= 0 && temperature < 1e6, "temperature", temperature, "0 or more");
    check(topK >= 0, "top-k", topK, "0 or more");
    check(topP > 0 && topP <= 1, "top-p", topP, "more than 0 and at most 1");
    check(minP >= 0 && minP <= 1, "min-p", minP, "0 to 1");
    check(
        repetitionPenalty >= 1e-3 && repetitionPenalty <= 1e3,
        "repetition penalty",
        repetitionPenalty,
        "0.001 to 1000, 1 for none");
    check(Math.abs(presencePenalty) < 1e6, "presence penalty", presencePenalty, "a small number");
    check(
        Math.abs(frequencyPenalty) < 1e6, "frequency penalty", frequencyPenalty, "a small number");
    logitBias.forEach((token, bias) ->
        check(Math.abs(bias) < 1e6, "bias of token " + token, bias, "a small number"));
  }

  private static void check(boolean holds, String name, double value, String remedy) {
    if (!holds) {
      throw new EngineException(name + " " + value + " is out of range: choose " + remedy);
    }
  }

  /** With these three, and nothing else changed. */
  public static TokenChoice of(double temperature, int topK, double topP) {
    return new TokenChoice(temperature, topK, topP, 0, 1, 0, 0, Map.of());
  }

  /** Whether what was written before matters. */
  boolean penalises() {
    return repetitionPenalty != 1 || presencePenalty != 0 || frequencyPenalty != 0;
  }
}
