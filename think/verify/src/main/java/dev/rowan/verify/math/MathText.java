package dev.rowan.verify.math;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer as it is written, and what it says.
 *
 * @param text as it is written
 * @param node what it says; empty if that is not understood
 */
public record MathText(String text, Optional<Node> node) {

  /** How a text is to be read. */
  public enum Reading {
    /** As mathematics: {@code 1,000} is a thousand, {@code {1,2}} is a list. */
    LATEX,
    /** As plain text: {@code {1,2}} is a set, {@code 2,74} has decimals. */
    PLAIN,
    /** With every comma between two items: {@code 100,200} are two numbers. */
    COMMAS_SEPARATE
  }

  /** A text longer than this is no final answer. */
  private static final int MAX_LENGTH = 2_000;

  private static final Pattern TEXT =
      Pattern.compile("\\\\(text|textbf|textit|textrm|textsf|mathrm|mbox|operatorname\\*?|hbox)\\s*"
          + "\\{((?:[^{}]|\\{[^{}]*\\})*)\\}");

  private static final Pattern FONT =
      Pattern.compile("\\\\(?:mathbf|mathit|mathsf|mathcal|boldsymbol|bf|rm|it)(?![a-zA-Z])");

  /** What the commands of fonts and of text start with. */
  private static final List<String> FONTS = List.of("\\math", "\\bold", "\\bf", "\\rm", "\\it");

  private static final List<String> TEXTS =
      List.of("\\text", "\\mathrm", "\\mbox", "\\operatorname", "\\hbox");

  private static final Pattern LETTERS = Pattern.compile("\\p{L}+");

  /** A unit of one letter behind a number in plain text. */
  private static final Pattern LETTER_UNIT =
      Pattern.compile("(?<=[0-9] )[mgshlLNJWVKC](?=\\s*(?:\\z|/[a-z]|\\^[23]\\s*\\z))");

  /** The letter that stands for a sign of multiplication between numbers. */
  private static final Pattern TIMES = Pattern.compile("(?<=[0-9])\\s+[xX]\\s+(?=[0-9])");

  /** Words of plain text, which touch nothing that computes; "a" and "I" before another. */
  private static final Pattern PROSE = Pattern.compile(
      "(?<![\\p{L}0-9)^_*/+=\u0001\\\\-])(?:\\p{L}{3,}|(?<![0-9] )\\p{L}{2}|[aI](?=\\s+\\p{L}{2}))(?![\\p{L}0-9(^_*/+=])");

  private static final Pattern CONNECTIVE = Pattern.compile("and|or|AND|OR");

  private static final Pattern LONG_RUN = Pattern.compile("\\p{L}{2,}");

  private static final Pattern MARK_UP = Pattern.compile(
      "\\\\(?:text|textbf|mathrm|mathbf|mbox|left|right|displaystyle|boxed)(?![a-z])|\\\\[()\\[\\],!;% ]|[{}$*`%]");

  private static final String AROUND = " \t\r\n*_`\"'“”:;,.?!~()";

  /** Reads a text; the work is charged to {@code work}, and a text that costs too much is not understood. */
  public static MathText of(String text, Reading reading, Work work) {
    return new MathText(text, parse(text, reading, work));
  }

  /** The text in lower case with single spaces, without mark-up and the punctuation around it. */
  public String words() {
    return words(text);
  }

  /** Whether it says something that is no mere words, and no words before a formula. */
  public boolean isFormula() {
    return node.filter(says -> !(says instanceof Node.Words)).isPresent()
        && !(node.get() instanceof Node.ListOf(List<Node> items, boolean _)
            && items.stream().anyMatch(Node.Words.class::isInstance)
            && !items.stream().allMatch(Node.Words.class::isInstance));
  }

  private static Optional<Node> parse(String text, Reading reading, Work work) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      work.charge(10L * text.length());
      String formula = textWords(Markup.clear(text), reading);
      return Optional.of(new Parser(new Cursor(formula, work), reading).answer());
    } catch (Cursor.UnreadableException | Work.TooMuchException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** Takes the words out of their commands and marks them as words. */
  private static String textWords(String formula, Reading reading) {
    if (reading == Reading.PLAIN && !hasLetters(formula)) {
      return formula;
    }
    if (reading == Reading.PLAIN) {
      String times = TIMES.matcher(formula).replaceAll("*");
      String marked = LETTER_UNIT.matcher(times).replaceAll(Cursor.WORD + "$0");
      return PROSE
          .matcher(marked)
          .replaceAll(
              word -> isMathematics(word.group()) ? word.group() : Cursor.WORD + word.group());
    }
    String plain = hasAny(formula, FONTS) ? FONT.matcher(formula).replaceAll("") : formula;
    if (!hasAny(plain, TEXTS)) {
      return plain;
    }
    return TEXT.matcher(plain)
        .replaceAll(text -> Matcher.quoteReplacement(" "
            + (isUnit(plain, text) ? LETTERS : LONG_RUN)
                .matcher(text.group(2).replaceAll("[{}]", ""))
                .replaceAll(Cursor.WORD + "$0")
            + " "));
  }

  private static boolean hasLetters(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isLetter(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasAny(String text, List<String> parts) {
    for (String part : parts) {
      if (text.contains(part)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isMathematics(String letters) {
    return Functions.isName(letters) || CONNECTIVE.matcher(letters).matches();
  }

  /** Whether a text of letters stands behind a value. */
  private static boolean isUnit(String formula, MatchResult text) {
    String before =
        formula.substring(Math.max(0, text.start() - 4), text.start()).stripTrailing();
    return !before.isEmpty() && "0123456789)}".indexOf(before.charAt(before.length() - 1)) >= 0;
  }

  /** The text in lower case with single spaces, without mark-up and the punctuation around it. */
  public static String words(String text) {
    String plain = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
    String spaced = MARK_UP
        .matcher(plain)
        .replaceAll(" ")
        .strip()
        .replaceAll("\\s++", " ")
        .toLowerCase(Locale.ROOT);
    int start = 0;
    int end = spaced.length();
    while (start < end && AROUND.indexOf(spaced.charAt(start)) >= 0) {
      start++;
    }
    while (end > start && AROUND.indexOf(spaced.charAt(end - 1)) >= 0) {
      end--;
    }
    return spaced.substring(start, end);
  }
}
