package dev.rowan.verify;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the final answer in free text: what the last {@code #### 42} or {@code \boxed{42}} holds; else what the last "the
 * answer is 42" or "answer: 42" says; else the last number.
 */
public final class FinalAnswers {

  private static final Pattern MARKER = Pattern.compile("####|\\\\f?boxed\\s?\\{");
  private static final Pattern SAYING =
      Pattern.compile("\\banswer(?:\\s+is|\\**\\s*[:=])", Pattern.CASE_INSENSITIVE);

  private static final Pattern LINE_END = Pattern.compile("\\n|\\z");
  private static final Pattern SENTENCE_END = Pattern.compile("\\n|[.!?](?=\\s|$)|\\z");

  /** What stands around an answer without being a part of it. */
  private static final String AROUND = " \t\r\n*_`\"'“”:;,.?~≈";

  private static final Pattern MARK_UP = Pattern.compile(
      "\\\\(?:text|textbf|mathrm|mathbf|mbox|left|right|displaystyle)(?![a-z])|\\\\[()\\[\\],!;% ]|[{}$*`%]");

  private FinalAnswers() {}

  /** The final answer that {@code text} gives; empty if it gives none. */
  public static Optional<ExtractedAnswer> extract(String text) {
    return last(MARKER, text).or(() -> last(SAYING, text)).or(() -> Numeral.last(text)
        .map(number -> answer(text, number.start(), number.end(), number)));
  }

  /** The canonical form of a text that is a number and nothing else, {@code "$1,000"} too; empty for any other. */
  static Optional<String> number(String text) {
    String trimmed = text.strip();
    return Numeral.first(trimmed)
        .filter(
            number -> words(trimmed.substring(0, number.start()) + trimmed.substring(number.end()))
                .isEmpty())
        .map(Numeral::canonical);
  }

  /** Text in lower case with single spaces, without mark-up and the punctuation around it. */
  static String words(String text) {
    String plain = MARK_UP
        .matcher(text)
        .replaceAll(" ")
        .strip()
        .replaceAll("\\s++", " ")
        .toLowerCase(Locale.ROOT);
    int start = afterPunctuation(plain, 0, plain.length());
    return plain.substring(start, beforePunctuation(plain, start, plain.length()));
  }

  private static Optional<ExtractedAnswer> last(Pattern sign, String text) {
    return sign.matcher(text).results().toList().reversed().stream()
        .flatMap(found -> between(text, found.end(), end(text, found)).stream())
        .findFirst();
  }

  /** Where the answer that {@code sign} announces ends. */
  private static int end(String text, MatchResult sign) {
    if (text.charAt(sign.end() - 1) == '{') {
      return closingBrace(text, sign.end());
    }
    boolean line = text.charAt(sign.start()) == '#';
    int start = line ? sign.end() : afterPunctuation(text, sign.end(), text.length());
    Matcher end = (line ? LINE_END : SENTENCE_END).matcher(text).region(start, text.length());
    return end.find() ? end.start() : text.length();
  }

  /** Where the brace that is open at {@code start} closes; the end of the text if it never does. */
  private static int closingBrace(String text, int start) {
    int depth = 1;
    for (int i = start; i < text.length(); i++) {
      depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return text.length();
  }

  /** The answer that stands between two places: of a chain of equations its last side. */
  private static Optional<ExtractedAnswer> between(String text, int from, int to) {
    int equals = text.substring(from, to).lastIndexOf('=');
    int start = afterPunctuation(text, from + equals + 1, to);
    int end = beforePunctuation(text, start, to);
    if (start == end) {
      return Optional.empty();
    }
    String found = text.substring(start, end);
    return Optional.of(Numeral.first(found)
        .map(number -> answer(text, start, end, number))
        .orElseGet(() -> new ExtractedAnswer(found, words(found), false, start, end)));
  }

  private static ExtractedAnswer answer(String text, int start, int end, Numeral number) {
    return new ExtractedAnswer(text.substring(start, end), number.canonical(), true, start, end);
  }

  private static int afterPunctuation(String text, int from, int to) {
    int start = from;
    while (start < to && AROUND.indexOf(text.charAt(start)) >= 0 && !startsDecimal(text, start)) {
      start++;
    }
    return start;
  }

  private static int beforePunctuation(String text, int from, int to) {
    int end = to;
    while (end > from && AROUND.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return end;
  }

  private static boolean startsDecimal(String text, int at) {
    return text.charAt(at) == '.'
        && at + 1 < text.length()
        && Character.isDigit(text.charAt(at + 1));
  }
}
