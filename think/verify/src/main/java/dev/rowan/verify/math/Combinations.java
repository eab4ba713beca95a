package dev.rowan.verify.math;

import java.util.Optional;
import java.util.regex.Matcher;

/** Reads choices and arrangements of numbers: {@code {}_5C_2}, {@code 5P2}, {@code C_5^2}, "5 choose 2". */
final class Combinations {

  private static final String COUNT = "\\s*(?:\\{\\s*([0-9]{1,4})\\s*\\}|([0-9]{1,4}))";

  private static final Sign BESIDE = Sign.of(
      "0123456789{_^",
      "(?:\\{\\s*\\})?\\s*[_^]?" + COUNT + "\\s*"
          + "(?:\\{?\u0001?[CP]\\}?\\s*_?|\\s\u0001?choose\\s)" + COUNT + "(?![0-9A-Za-z])");

  private static final Sign BELOW =
      Sign.of("CAP\u0001", "\u0001?[CAP]\\s*_" + COUNT + "\\s*\\^" + COUNT + "(?![0-9])");

  private final Cursor cursor;
  private final boolean some;

  Combinations(Cursor cursor) {
    this.cursor = cursor;
    this.some = cursor.has("C") || cursor.has("P") || cursor.has("A") || cursor.has("choose");
  }

  /** What comes next, if it is one; no fewer than are chosen may be chosen from. */
  Optional<Node> read() {
    return some ? read(BESIDE).or(() -> read(BELOW)) : Optional.empty();
  }

  private Optional<Node> read(Sign sign) {
    Optional<String> next = cursor.skipSpaces().look(sign);
    return next.map(sign.pattern()::matcher).filter(Matcher::lookingAt).flatMap(parts -> {
      int from = count(parts, 0);
      int many = count(parts, 2);
      if (many > from) {
        return Optional.empty();
      }
      cursor.read(sign);
      String function = next.get().matches(".*[AP].*") ? "perm" : "binom";
      return Optional.of(Node.Call.of(function, Node.Num.of(from), Node.Num.of(many)));
    });
  }

  private static int count(Matcher parts, int before) {
    int group = parts.start(before + 1) >= 0 ? before + 1 : before + 2;
    return Integer.parseInt(parts.group(group));
  }
}
