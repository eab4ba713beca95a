package dev.rowan.verify.smt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts SMT-LIB text into terms, without understanding them. */
final class Terms {

  private Terms() {}

  /**
   * The terms of a text, one after the other: words, and what stands in parentheses that close. Empty if the text holds
   * anything else, such as a parenthesis too many or a comment.
   */
  static Optional<List<String>> of(String text) {
    List<String> terms = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
        continue;
      }
      int end = end(text, at);
      if (end < 0) {
        return Optional.empty();
      }
      terms.add(text.substring(at, end));
      at = end;
    }
    return Optional.of(terms);
  }

  /** Where the term that starts at {@code start} ends; less than 0 if it does not. */
  private static int end(String text, int start) {
    int depth = 0;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (depth == 0 && i > start && (Character.isWhitespace(c) || c == '(')) {
        return i;
      }
      if (c == '"' || c == '|') {
        i = text.indexOf(c, i + 1);
        if (i < 0) {
          return -1;
        }
      }
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth < 0 || c == ';') {
        return -1;
      }
      if (depth == 0 && c == ')') {
        return i + 1;
      }
    }
    return depth == 0 ? text.length() : -1;
  }
}
