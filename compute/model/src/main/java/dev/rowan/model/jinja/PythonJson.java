package dev.rowan.model.jinja;

import com.hubspot.jinjava.interpret.InterpretException;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code json.dumps(value, ensure_ascii=False)}, as transformers sets up {@code tojson}. */
final class PythonJson {

  private final StringBuilder json = new StringBuilder();
  private final int indent;

  private PythonJson(int indent) {
    this.indent = indent;
  }

  /** A value's JSON, on one line if {@code indent} is less than 0. */
  static String of(@Nullable Object value, int indent) {
    PythonJson writer = new PythonJson(indent);
    writer.write(value, 1);
    return writer.json.toString();
  }

  private void write(@Nullable Object value, int depth) {
    switch (value) {
      case PythonNone _ -> json.append("null");
      case Boolean truth -> json.append(truth);
      case Number number -> json.append(PythonValues.representation(number));
      case String text -> quote(text);
      case Collection<?> many -> {
        Iterator<?> items = many.iterator();
        group('[', ']', items, depth, () -> write(items.next(), depth + 1));
      }
      case Map<?, ?> map -> {
        Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        group('{', '}', entries, depth, () -> {
          Map.Entry<?, ?> entry = entries.next();
          quote(PythonValues.text(entry.getKey()));
          json.append(": ");
          write(entry.getValue(), depth + 1);
        });
      }
      case null, default ->
        throw new InterpretException(PythonValues.representation(value) + " is no JSON");
    }
  }

  private void group(char open, char close, Iterator<?> items, int depth, Runnable one) {
    json.append(open);
    if (items.hasNext()) {
      line(depth);
      one.run();
      while (items.hasNext()) {
        json.append(indent < 0 ? ", " : ",");
        line(depth);
        one.run();
      }
      line(depth - 1);
    }
    json.append(close);
  }

  private void line(int depth) {
    if (indent >= 0) {
      json.append('\n').repeat(' ', indent * depth);
    }
  }

  private void quote(String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        case '\b' -> json.append("\\b");
        case '\f' -> json.append("\\f");
        default -> {
          if (c < ' ') {
            json.append(String.format("\\u%04x", (int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    json.append('"');
  }
}
