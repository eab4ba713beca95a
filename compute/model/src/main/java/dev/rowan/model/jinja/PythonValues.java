package dev.rowan.model.jinja;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What Python takes for true, for equal, and how it writes values. Undefined is null. */
final class PythonValues {

  private PythonValues() {}

  static boolean truth(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case PythonNone _ -> false;
      case Boolean truth -> truth;
      case Number number -> number.doubleValue() != 0;
      case String text -> !text.isEmpty();
      case Collection<?> many -> !many.isEmpty();
      case Map<?, ?> map -> !map.isEmpty();
      default -> true;
    };
  }

  static boolean equal(@Nullable Object a, @Nullable Object b) {
    BigDecimal first = number(a);
    BigDecimal second = number(b);
    if (first != null && second != null) {
      return first.compareTo(second) == 0;
    }
    if (a instanceof Collection<?> x && b instanceof Collection<?> y) {
      Iterator<?> others = y.iterator();
      return x.size() == y.size() && x.stream().allMatch(item -> equal(item, others.next()));
    }
    if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
      return x.keySet().equals(y.keySet())
          && x.entrySet().stream().allMatch(e -> equal(e.getValue(), y.get(e.getKey())));
    }
    return a == null ? b == null : a.equals(b);
  }

  private static @Nullable BigDecimal number(@Nullable Object value) {
    return switch (value) {
      case Boolean truth -> truth ? BigDecimal.ONE : BigDecimal.ZERO;
      case Number number
      when Double.isFinite(number.doubleValue()) -> new BigDecimal(number.toString());
      case null, default -> null;
    };
  }

  /** {@code str(value)}; nothing for what is undefined. */
  static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case String text -> text;
      default -> representation(value);
    };
  }

  /** {@code repr(value)}. */
  static String representation(@Nullable Object value) {
    return switch (value) {
      case null -> "Undefined";
      case String text -> quoted(text);
      case Boolean truth -> truth ? "True" : "False";
      case Collection<?> many ->
        many.stream().map(PythonValues::representation).collect(Collectors.joining(", ", "[", "]"));
      case Map<?, ?> map ->
        map.entrySet().stream()
            .map(e -> representation(e.getKey()) + ": " + representation(e.getValue()))
            .collect(Collectors.joining(", ", "{", "}"));
      default -> value.toString();
    };
  }

  private static String quoted(String text) {
    char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
    StringBuilder quoted = new StringBuilder().append(quote);
    text.codePoints().forEach(c -> {
      switch (c) {
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        case '\\' -> quoted.append("\\\\");
        default -> {
          if (c == quote) {
            quoted.append('\\').append(quote);
          } else if (c == ' ' || isPrintable(c)) {
            quoted.appendCodePoint(c);
          } else {
            quoted.append(
                String.format(c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", c));
          }
        }
      }
    });
    return quoted.append(quote).toString();
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR -> false;
      default -> true;
    };
  }
}
