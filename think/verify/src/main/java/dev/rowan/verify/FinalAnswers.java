package dev.rowan.verify;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the final answer in free text. What counts is, in this order: the last of {@code \boxed{42}}, {@code #### 42} and
 * "the final answer is 42"; the last "the answer is 42" or "answer: 42", in a number of languages; the whole text, if it is
 * nothing but a formula; the last formula or number. Boxes that only "and" or a comma separates count together.
 */
public final class FinalAnswers {

  private static final String THOUGHT = "</think>";

  private static final Pattern MARK = Pattern.compile(
      "####|\\\\+f?boxed(?:\\s?\\{|\\s+(?=[-0-9A-Za-z\\\\]))|\\bfinal answer\\**(?:\\s+is)?\\**\\s*[:=]?(?=\\W)",
      Pattern.CASE_INSENSITIVE);

  private static final Pattern SAYING = Pattern.compile(
      "\\banswer(?:\\s+is(?!\\s+not\\b)|\\**\\s*[:=])|\\b(?:réponse|respuesta|resposta|risposta|antwort|antwoord|odpowiedź|cevap"
          + "|ответ|відповідь|svar|lösung|solución|jawaban|đáp án)\\**\\s*(?:est|es|é|è|ist|is|är|adalah|là|[:=])"
          + "|(?:答案|答え|正解|정답|답|الجواب|الإجابة|उत्तर)\\s*(?:是|为|は|هو|هي|है)?\\s*[:：]?",
      Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  private static final List<String> MARK_WORDS = List.of("####", "boxed", "final answer");

  private static final List<String> SAYING_WORDS = List.of(
      "answer",
      "respuesta",
      "resposta",
      "risposta",
      "antwort",
      "antwoord",
      "cevap",
      "svar",
      "jawaban");

  /** Where a box without braces ends. */
  private static final Pattern UNBRACED_END = Pattern.compile("[\\s$]|\\z");

  private static final Pattern LINE_END = Pattern.compile("\\n|\\z");
  private static final Pattern SENTENCE_END = Pattern.compile(
      "\\n|,? (?:and )?(?:not|rather than|instead of) |(?<!\\\\)[.!?](?=\\s|$)|。|<\\||\\z");

  /** What may stand between two boxes of one answer. */
  private static final Pattern JOINT = Pattern.compile(
      "[\\s$.]*(?:\\p{L}{1,12}\\s+)?(?:,|;|\\\\text\\{\\s*(?:and|or)\\s*\\}|\\b(?:and|or)\\b)(?:\\s*\\b(?:and|or)\\b)?"
          + "\\s*(?:[\\p{L}_0-9{}\\s]{1,12}=\\s*)?");

  private static final Pattern LAYOUT = Pattern.compile("\\\\[()\\[\\],;! ]|\\\\q?quad\\b|\\$");

  /** Mathematics between its delimiters. */
  private static final Pattern MATH = Pattern.compile(
      "\\$\\$([^$]{1,1000})\\$\\$|(?<!\\\\)\\$([^$]{1,1000})\\$|\\\\\\((.{1,1000}?)\\\\\\)|\\\\\\[(.{1,1000}?)\\\\\\]",
      Pattern.DOTALL);

  /** A number, or a formula of numbers, in prose. */
  private static final Pattern NUMBER = Pattern.compile(
      "(?:(?<![\\p{Alnum})}%])[-\u2212]\\s?|(?<=\\A|[\\n:=*] ?|\\b(?:is|be|equals) )(?i:minus|negative) )?(?:\\\\?[$€£¥]\\s?)?[-\u2212]?"
          + "(?:\\(?[-\u2212]?\\\\[dtc]?frac(?:\\{[^{}]*\\}\\{[^{}]*\\}|[0-9]{2})\\)?"
          + "|(?:[0-9]*\\s?\\\\sqrt\\{[^{}]*\\})"
          + "|(?<![0-9.,^_])(?:[1-9][0-9]{0,2}(?:[. ][0-9]{3}){1,10},[0-9]+(?![0-9])|[1-9][0-9]{0,2}(?:(?: [0-9]{3}){1,10}|(?:\\.[0-9]{3}){2,10})(?![0-9])"
          + "|[0-9][0-9,]*(?:\\.[0-9]+)?|\\.[0-9]+)(?:\\{,\\}[0-9]{3}){0,10}"
          + "(?:(?: [0-9]{1,4}/[0-9]{1,4})|(?:\\s?(?:[/^:×*]|\\*\\*)\\s?[({-]*[0-9][0-9.^(){}]*)|!+|e[+-]?[0-9]+){0,20}"
          + "(?:\\s?\\\\?[%$€£¥])?)");

  /** What stands around an answer without being a part of it. */
  private static final String AROUND = " \t\r\n*_`\"'“”:;,.?~≈";

  /** A text that starts with words and goes on with something else than a sign of comparison. */
  private static final Pattern SENTENCE =
      Pattern.compile("\\A\\s*\\p{L}{2,}[\\s,:]+(?![<>=\\s\\p{L}]|\\\\(?:in|[lg]e|approx|cup)\\b)");

  /** Decimals that go on. */
  private static final Pattern GOING_ON = Pattern.compile("[0-9]\\.[0-9]+(?:\\.\\.\\.|…)\\z");

  /** What stands before the word in a sign: backslashes and an "f". */
  private static final int LONGEST_PREFIX = 8;

  private static final int MOST_CANDIDATES = 20;

  /** How far back from the end a formula or number that nothing announces is looked for. */
  private static final int WINDOW = 4_000;

  private static final int LONGEST_WHOLE = 400;

  private final Readings readings;

  FinalAnswers(Readings readings) {
    this.readings = readings;
  }

  /** The final answer that {@code text} gives; empty if it gives none. */
  public static Optional<ExtractedAnswer> extract(String text) {
    return new FinalAnswers(new Readings()).in(text);
  }

  /** The same, whose readings can be used again. */
  Optional<ExtractedAnswer> in(String text) {
    return afterThought(text, this::found);
  }

  /** What is found behind the thought, if the text has one; else, or if there is nothing, in all of it. */
  static Optional<ExtractedAnswer> afterThought(
      String text, Function<String, Optional<ExtractedAnswer>> find) {
    int thought = text.lastIndexOf(THOUGHT);
    if (thought < 0) {
      return find.apply(text);
    }
    int from = thought + THOUGHT.length();
    return find.apply(text.substring(from))
        .map(answer ->
            new ExtractedAnswer(answer.text(), answer.start() + from, answer.end() + from))
        .or(() -> find.apply(text));
  }

  private Optional<ExtractedAnswer> found(String text) {
    return announced(text)
        .or(() -> whole(text).filter(all -> isFormula(all) || isBareLatex(all)))
        .or(() -> lastExpression(text, 0, text.length()));
  }

  /** Whether a text is a formula, even if nobody understands it: a number in it is then not the answer. */
  private static boolean isBareLatex(ExtractedAnswer found) {
    return found.text().startsWith("\\") && found.text().indexOf('$') < 0;
  }

  /** What a reference says: what it announces, else the whole of it if that is short. */
  Optional<ExtractedAnswer> reference(String text) {
    return announced(text)
        .or(() -> whole(text).filter(found -> text.indexOf('$') < 0 || isFormula(found)))
        .or(() -> lastExpression(text, 0, text.length()));
  }

  /** The answer that a mark or a saying announces. */
  Optional<ExtractedAnswer> announced(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return last(MARK, MARK_WORDS, text, lower).or(() -> last(SAYING, SAYING_WORDS, text, lower));
  }

  private Optional<ExtractedAnswer> whole(String text) {
    return text.length() <= LONGEST_WHOLE && !SENTENCE.matcher(text).lookingAt()
        ? between(text, 0, text.length())
        : Optional.empty();
  }

  private boolean isFormula(ExtractedAnswer found) {
    return readings.of(found).isFormula();
  }

  /** {@code words} are in every text of ASCII letters that has the sign. */
  private Optional<ExtractedAnswer> last(
      Pattern sign, List<String> words, String text, String lower) {
    int from = start(words, text, lower);
    if (from < 0) {
      return Optional.empty();
    }
    Matcher matcher = sign.matcher(text).region(from, text.length()).useTransparentBounds(true);
    List<MatchResult> found = matcher.results().toList();
    return found.reversed().stream()
        .limit(MOST_CANDIDATES)
        .flatMap(match -> answer(text, match, found).stream())
        .findFirst();
  }

  /** Where the first sign may start; -1 if none can. */
  private static int start(List<String> words, String text, String lower) {
    if (!isAscii(text)) {
      return 0;
    }
    int first = words.stream()
        .mapToInt(lower::indexOf)
        .filter(place -> place >= 0)
        .min()
        .orElse(-1);
    return first < 0 ? -1 : Math.max(0, first - LONGEST_PREFIX);
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 128);
  }

  private Optional<ExtractedAnswer> answer(String text, MatchResult sign, List<MatchResult> signs) {
    if (text.charAt(sign.end() - 1) == '{') {
      return boxes(text, sign, signs);
    }
    if (text.charAt(sign.start()) == '\\') {
      return between(text, sign.end(), end(UNBRACED_END, text, sign.end()));
    }
    if (text.charAt(sign.start()) == '#') {
      return between(text, sign.end(), end(LINE_END, text, sign.end()));
    }
    int start = afterPunctuation(text, sign.end(), text.length());
    int end = end(SENTENCE_END, text, start);
    Optional<ExtractedAnswer> all = between(text, start, end);
    if (all.isEmpty() || isFormula(all.get())) {
      return all;
    }
    return mathematics(text, start, end).or(() -> firstNumber(text, start, end)).or(() -> all);
  }

  private static int end(Pattern pattern, String text, int from) {
    Matcher end = pattern.matcher(text).region(from, text.length());
    return end.find() ? end.start() : text.length();
  }

  /** What the box holds; with the boxes before it that belong to the same answer, all of them. */
  private Optional<ExtractedAnswer> boxes(String text, MatchResult box, List<MatchResult> signs) {
    int close = closingBrace(text, box.end());
    int first = box.start();
    for (int i = signs.indexOf(box) - 1; i >= 0; i--) {
      MatchResult before = signs.get(i);
      int end = closingBrace(text, before.end());
      boolean joined = text.charAt(before.end() - 1) == '{'
          && end < first
          && isJoint(text.substring(end + 1, first));
      if (!joined) {
        break;
      }
      first = before.start();
    }
    return first == box.start()
        ? between(text, box.end(), close)
        : between(text, first, Math.min(close + 1, text.length()));
  }

  private static boolean isJoint(String gap) {
    return gap.length() < 60
        && JOINT.matcher(LAYOUT.matcher(gap).replaceAll(" ").strip()).matches();
  }

  /** Where the brace that is open at {@code start} closes; the end of the text if it never does. */
  private static int closingBrace(String text, int start) {
    int depth = 1;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else {
        depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      }
      if (depth == 0) {
        return i;
      }
    }
    return text.length();
  }

  /** The last formula or number between two places. */
  private Optional<ExtractedAnswer> lastExpression(String text, int from, int to) {
    Optional<ExtractedAnswer> formula = mathematics(text, from, to);
    int after = Math.max(to - WINDOW, formula.map(ExtractedAnswer::end).orElse(from));
    List<MatchResult> numbers = NUMBER.matcher(text).region(after, to).results().toList();
    return numbers.isEmpty()
        ? formula
        : between(text, numbers.getLast().start(), numbers.getLast().end());
  }

  /** The last formula between delimiters that can be read. */
  private Optional<ExtractedAnswer> mathematics(String text, int from, int to) {
    if (text.indexOf('$') < 0 && text.indexOf('\\') < 0) {
      return Optional.empty();
    }
    List<MatchResult> formulas =
        MATH.matcher(text).region(Math.max(from, to - WINDOW), to).results().toList();
    return formulas.reversed().stream()
        .limit(MOST_CANDIDATES)
        .flatMap(formula -> between(text, formula.start(), formula.end()).stream())
        .filter(this::isFormula)
        .findFirst();
  }

  private static Optional<ExtractedAnswer> firstNumber(String text, int from, int to) {
    Matcher number = NUMBER.matcher(text).region(from, to);
    return number.find() ? between(text, number.start(), number.end()) : Optional.empty();
  }

  /** The answer that stands between two places. */
  private static Optional<ExtractedAnswer> between(String text, int from, int to) {
    int start = afterPunctuation(text, from, to);
    int end = beforePunctuation(text, start, to);
    return start == end
        ? Optional.empty()
        : Optional.of(new ExtractedAnswer(text.substring(start, end), start, end));
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
    boolean goesOn = to > 0 && (text.charAt(to - 1) == '…' || text.startsWith("...", to - 3));
    if (goesOn && GOING_ON.matcher(text).region(from, to).find()) {
      return end;
    }
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
