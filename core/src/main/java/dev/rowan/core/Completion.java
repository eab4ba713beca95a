package dev.rowan.core;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a policy wrote.
 *
 * @param tokens the new tokens, in order
 * @param finish why it stopped
 * @param usage what it cost
 */
public record Completion(List<Token> tokens, Finish finish, Usage usage) {

  /** Copies the list. */
  public Completion {
    tokens = List.copyOf(tokens);
  }

  /** The new text. */
  public String text() {
    return tokens.stream().map(Token::text).collect(Collectors.joining());
  }

  /** The new text cut into lines. A token that holds a line break ends its step. */
  public List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).text().indexOf('\n') >= 0 || i == tokens.size() - 1) {
        steps.add(Step.of(tokens.subList(start, i + 1)));
        start = i + 1;
      }
    }
    return steps;
  }
}
