package dev.rowan.model.jinja;

import com.hubspot.jinjava.interpret.InterpretException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Python's methods of strings. Characters are code points. */
final class PythonStrings {

  private PythonStrings() {}

  /** What a method returns; nothing if there is none of that name. */
  static Optional<Object> call(String text, String method, Object[] arguments) {
    Object first = arguments.length < 1 ? null : arguments[0];
    Object second = arguments.length < 2 ? null : arguments[1];
    Object third = arguments.length < 3 ? null : arguments[2];
    return Optional.ofNullable(
        switch (method) {
          case "strip" -> strip(text, first, true, true);
          case "lstrip" -> strip(text, first, true, false);
          case "rstrip" -> strip(text, first, false, true);
          case "split" -> split(text, first, second);
          case "splitlines" -> text.lines().toList();
          case "upper", "lower", "title", "capitalize" -> cased(text, method);
          case "replace" ->
            replace(text, PythonValues.text(first), PythonValues.text(second), third);
          case "join" ->
            PythonForTag.items(first).stream()
                .map(PythonValues::text)
                .collect(Collectors.joining(text));
          case "startswith" -> any(first, text::startsWith);
          case "endswith" -> any(first, text::endsWith);
          default -> searched(text, method, PythonValues.text(first));
        });
  }

  private static @Nullable Object searched(String text, String method, String part) {
    return switch (method) {
      case "find" -> points(text, text.indexOf(part));
      case "rfind" -> points(text, text.lastIndexOf(part));
      case "count" -> count(text, part);
      case "removeprefix" -> text.startsWith(part) ? text.substring(part.length()) : text;
      case "removesuffix" ->
        text.endsWith(part) ? text.substring(0, text.length() - part.length()) : text;
      case "isdigit" -> !text.isEmpty() && text.codePoints().allMatch(Character::isDigit);
      case "isspace" -> !text.isEmpty() && text.codePoints().allMatch(PythonStrings::isSpace);
      default -> null;
    };
  }

  private static boolean any(@Nullable Object parts, Predicate<String> holds) {
    return parts instanceof Collection<?> several
        ? several.stream().map(PythonValues::text).anyMatch(holds)
        : holds.test(PythonValues.text(parts));
  }

  /** {@code str.isspace()}. */
  static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
  }

  /** The text without these characters at its ends, or without white space if none are given. */
  static String strip(String text, @Nullable Object characters, boolean start, boolean end) {
    IntPredicate goes =
        characters instanceof String these ? c -> these.indexOf(c) >= 0 : PythonStrings::isSpace;
    int from = 0;
    int to = text.length();
    while (start && from < to && goes.test(text.codePointAt(from))) {
      from += Character.charCount(text.codePointAt(from));
    }
    while (end && from < to && goes.test(text.codePointBefore(to))) {
      to -= Character.charCount(text.codePointBefore(to));
    }
    return text.substring(from, to);
  }

  /** The parts between separators, or between white space; after {@code most} splits the rest stays whole. */
  private static List<String> split(
      String text, @Nullable Object separator, @Nullable Object most) {
    int splits = most instanceof Number n && n.intValue() >= 0 ? n.intValue() : Integer.MAX_VALUE;
    List<String> parts = new ArrayList<>();
    if (separator instanceof String between) {
      if (between.isEmpty()) {
        throw new InterpretException("cannot split at an empty text");
      }
      int from = 0;
      int at = text.indexOf(between);
      while (at >= 0 && parts.size() < splits) {
        parts.add(text.substring(from, at));
        from = at + between.length();
        at = text.indexOf(between, from);
      }
      parts.add(text.substring(from));
      return parts;
    }
    String rest = strip(text, null, true, false);
    while (!rest.isEmpty()) {
      int end = 0;
      while (end < rest.length() && !isSpace(rest.codePointAt(end))) {
        end += Character.charCount(rest.codePointAt(end));
      }
      boolean last = parts.size() == splits;
      parts.add(last ? rest : rest.substring(0, end));
      rest = last ? "" : strip(rest.substring(end), null, true, false);
    }
    return parts;
  }

  /** {@code upper}, {@code lower}, {@code title} or {@code capitalize}. */
  static String cased(String text, String how) {
    return switch (how) {
      case "upper" -> text.toUpperCase(Locale.ROOT);
      case "lower" -> text.toLowerCase(Locale.ROOT);
      default -> titled(text, how.equals("title"));
    };
  }

  private static String titled(String text, boolean eachWord) {
    StringBuilder titled = new StringBuilder();
    boolean inside = false;
    for (int c : text.codePoints().toArray()) {
      titled.appendCodePoint(inside ? Character.toLowerCase(c) : Character.toTitleCase(c));
      inside = !eachWord || Character.isLetter(c);
    }
    return titled.toString();
  }

  private static int points(String text, int at) {
    return at < 0 ? at : text.codePointCount(0, at);
  }

  private static int count(String text, String part) {
    if (part.isEmpty()) {
      return text.codePointCount(0, text.length()) + 1;
    }
    return split(text, part, null).size() - 1;
  }

  static String replace(String text, String from, String to, @Nullable Object most) {
    return from.isEmpty() || !(most instanceof Number n) || n.intValue() < 0
        ? text.replace(from, to)
        : String.join(to, split(text, from, n));
  }
}
