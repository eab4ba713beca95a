package dev.rowan.core;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One reasoning step: a line of the chain of thought, with its line break if it has one, so that the texts of a chain's
 * steps joined are the chain.
 *
 * @param text the line
 * @param tokens the tokens it was sampled as; empty for a step that was not sampled
 */
public record Step(String text, List<Token> tokens) {

  /** Copies the list. */
  public Step {
    tokens = List.copyOf(tokens);
  }

  /** A step from its tokens. */
  public static Step of(List<Token> tokens) {
    return new Step(tokens.stream().map(Token::text).collect(Collectors.joining()), tokens);
  }

  /** Sum of the tokens' log-probabilities. */
  public double logProb() {
    return tokens.stream().mapToDouble(Token::logProb).sum();
  }
}
