package dev.rowan.verify.code;

import dev.rowan.core.Verdict;
import java.util.List;

/** Compares what a program printed with what it should print: line by line, but for white space at their ends. */
final class Output {

  private static final int MAX_QUOTE = 80;

  private Output() {}

  static Verdict compare(String expected, String actual) {
    List<String> want = lines(expected);
    List<String> got = lines(actual);
    for (int i = 0; i < Math.max(want.size(), got.size()); i++) {
      String wanted = i < want.size() ? quote(want.get(i)) : "nothing";
      String printed = i < got.size() ? quote(got.get(i)) : "nothing";
      if (i >= want.size() || i >= got.size() || !want.get(i).equals(got.get(i))) {
        return new Verdict.Incorrect("line " + (i + 1) + " is " + printed + ", not " + wanted);
      }
    }
    return new Verdict.Correct();
  }

  private static List<String> lines(String text) {
    return text.stripTrailing().lines().map(String::stripTrailing).toList();
  }

  static String quote(String text) {
    return "'" + (text.length() <= MAX_QUOTE ? text : text.substring(0, MAX_QUOTE) + "…") + "'";
  }
}
