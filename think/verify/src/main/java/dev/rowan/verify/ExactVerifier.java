package dev.rowan.verify;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares texts word by word, whatever their case and the space between the words. A word that is a number is compared as
 * one: {@code 3.0} is {@code 3}. What counts of an answer is the whole of it or, if it announces a final answer, that.
 */
public final class ExactVerifier implements Verifier {

  private static final int MAX_QUOTE = 60;
  /** What stands around words without being a part of them. */
  private static final String AROUND = "*_`\"“”.! ";

  private static final Pattern COMMAND =
      Pattern.compile("\\\\(?:text|textbf|textit|mathrm)\\{([^{}]*)\\}");

  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:[0-9]{1,400}\\.?[0-9]{0,400}|\\.[0-9]{1,400})");

  @Override
  public Verdict verify(Problem problem, Answer answer) {
    if (!(problem.reference() instanceof Reference.FinalAnswer(String value))) {
      return new Verdict.Unverifiable("the problem has no reference answer");
    }
    boolean same = matches(value, answer.text())
        || extract(answer.text()).map(found -> matches(value, found.text())).orElse(false);
    return same
        ? new Verdict.Correct()
        : new Verdict.Incorrect(quote(answer.text()) + " is not " + quote(value));
  }

  /** The final answer that a text announces; empty if the whole counts. */
  public static Optional<ExtractedAnswer> extract(String text) {
    return new FinalAnswers(new Readings()).announced(text);
  }

  private static boolean matches(String expected, String actual) {
    List<String> left = words(expected);
    List<String> right = words(actual);
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!left.get(i).equals(right.get(i)) && !sameNumber(left.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static List<String> words(String text) {
    String stripped = stripped(text.strip());
    return stripped.isEmpty() ? List.of() : List.of(SPACE.split(stripped.toLowerCase(Locale.ROOT)));
  }

  /** Without quotes, emphasis, the command for text, and the end of a sentence; something always remains. */
  private static String stripped(String text) {
    Matcher command = COMMAND.matcher(text);
    String plain = command.matches() ? command.group(1).strip() : text;
    int start = 0;
    int end = plain.length();
    while (end > 1 && AROUND.indexOf(plain.charAt(end - 1)) >= 0) {
      end--;
    }
    while (start < end - 1
        && ".!".indexOf(plain.charAt(start)) < 0
        && AROUND.indexOf(plain.charAt(start)) >= 0) {
      start++;
    }
    return plain.substring(start, end);
  }

  private static boolean sameNumber(String a, String b) {
    return NUMBER.matcher(a).matches()
        && NUMBER.matcher(b).matches()
        && new BigDecimal(a).compareTo(new BigDecimal(b)) == 0;
  }

  private static String quote(String text) {
    String line = SPACE.matcher(text.strip()).replaceAll(" ");
    return line.length() <= MAX_QUOTE ? line : line.substring(0, MAX_QUOTE) + "…";
  }
}
