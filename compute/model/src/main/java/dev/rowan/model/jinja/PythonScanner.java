package dev.rowan.model.jinja;

import com.hubspot.jinjava.el.ext.ExtendedScanner;
import jinjava.de.odysseus.el.tree.impl.Scanner;

/** Python's escapes in the literals of an expression. */
final class PythonScanner extends ExtendedScanner {

  private static final String ESCAPES = "ntrbfva\\'\"";
  private static final String MEANT = "\n\t\r\b\f\u000b\u0007\\'\"";

  PythonScanner(String expression) {
    super(expression);
  }

  @Override
  protected Token nextString() throws ScanException {
    String input = getInput();
    int start = getPosition();
    char quote = input.charAt(start);
    StringBuilder text = new StringBuilder();
    int at = start + 1;
    while (at < input.length() && input.charAt(at) != quote) {
      at = input.charAt(at) == '\\' ? escape(input, at + 1, text) : plain(input, at, text);
    }
    if (at >= input.length()) {
      throw new Scanner.ScanException(start, "unterminated string", String.valueOf(quote));
    }
    return token(Symbol.STRING, text.toString(), at + 1 - start);
  }

  private static int plain(String input, int at, StringBuilder text) {
    text.append(input.charAt(at));
    return at + 1;
  }

  /** Appends what the escape means, and returns where it ends. An unknown one stands for itself, backslash included. */
  private int escape(String input, int at, StringBuilder text) throws ScanException {
    if (at == input.length()) {
      return at;
    }
    char kind = input.charAt(at);
    int simple = ESCAPES.indexOf(kind);
    if (simple >= 0) {
      text.append(MEANT.charAt(simple));
      return at + 1;
    }
    return switch (kind) {
      case 'x' -> code(input, at + 1, at + 3, 16, text);
      case 'u' -> code(input, at + 1, at + 5, 16, text);
      case 'U' -> code(input, at + 1, at + 9, 16, text);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> code(input, at, octalEnd(input, at), 8, text);
      case '\n' -> at + 1;
      default -> {
        text.append('\\').append(kind);
        yield at + 1;
      }
    };
  }

  private static int octalEnd(String input, int at) {
    int end = at + 1;
    while (end < at + 3 && end < input.length() && "01234567".indexOf(input.charAt(end)) >= 0) {
      end++;
    }
    return end;
  }

  private int code(String input, int from, int to, int radix, StringBuilder text)
      throws ScanException {
    try {
      text.appendCodePoint(Integer.parseUnsignedInt(input, from, to, radix));
      return to;
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new Scanner.ScanException(
          getPosition(), "broken escape in a string", (to - from) + " digits");
    }
  }
}
