package dev.rowan.verify;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import dev.rowan.verify.math.Comparison;
import dev.rowan.verify.math.Equality;
import dev.rowan.verify.math.MathText;
import dev.rowan.verify.math.MathText.Reading;
import dev.rowan.verify.math.Work;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares the final answer of a text with the reference's value: numbers, formulas, sets, tuples, intervals, matrices,
 * equations and words, in LaTeX or plain. Exact where that is possible. Work is bounded by a count of steps; what costs
 * more, or is not understood, is unverifiable.
 */
public final class MathVerifier implements Verifier {

  private static final int MAX_QUOTE = 60;

  /** Digits between commas that may be one number or several. */
  private static final Pattern GROUPED = Pattern.compile("[0-9],[0-9]");

  /** Groups of digits, or more commas than one number with decimals has. */
  private static final Pattern THOUSANDS =
      Pattern.compile("[0-9],[0-9]{3}(?![0-9])|[0-9],[0-9]+,[0-9]");

  private static final Pattern DECIMAL_COMMA = Pattern.compile("(?<=[0-9]),(?=[0-9])");

  /** A letter with what it stands for. */
  private static final Pattern CHOICE = Pattern.compile(
      "(?:\\\\(?:text|textbf|mathrm|mathbf)\\s*\\{\\s*)?\\(?([A-J])[).:]\\s*\\}?[\\s\\\\~:.,]*"
          + "(?:\\\\q?quad\\s*)?(?=[^\\s=<>])(.+)",
      Pattern.DOTALL);

  private static final Set<String> OPINIONS = Set.of("yes", "no", "true", "false");
  private static final Pattern SAID =
      Pattern.compile("(?:^|(?:\\b(?:is|are|was)|:) )(?:an? |the )?$");
  private static final Pattern ARTICLE = Pattern.compile("^(?:an?|the) (?=\\p{L})");
  private static final Pattern NEGATED =
      Pattern.compile("\\b(?:not|never|no|neither|nor|cannot|either|or|if|whether)\\b|n['’]t\\b");

  private final Comparison.Options options;

  /** With the default options. */
  public MathVerifier() {
    this(Comparison.Options.DEFAULT);
  }

  /** As strict as these options say. */
  public MathVerifier(Comparison.Options options) {
    this.options = options;
  }

  @Override
  public Verdict verify(Problem problem, Answer answer) {
    return problem.reference() instanceof Reference.FinalAnswer(String value)
        ? verify(value, answer.text())
        : new Verdict.Unverifiable("the problem has no reference answer");
  }

  private Verdict verify(String value, String text) {
    Optional<ExtractedAnswer> gold = FinalAnswers.reference(value);
    if (gold.isEmpty()) {
      return new Verdict.Unverifiable("the problem's reference answer is empty");
    }
    Optional<ExtractedAnswer> found = FinalAnswers.extract(text);
    if (found.isEmpty()) {
      return saysWord(gold.get(), text)
          ? new Verdict.Correct()
          : new Verdict.Incorrect("no final answer");
    }
    return switch (compare(gold.get(), found.get())) {
      case EQUAL -> new Verdict.Correct();
      case DIFFERENT ->
        saysWord(gold.get(), text)
            ? new Verdict.Correct()
            : new Verdict.Incorrect(
                quote(found.get().text()) + " is not " + quote(gold.get().text()));
      case UNDECIDED ->
        new Verdict.Unverifiable("cannot be decided: whether "
            + quote(found.get().text()) + " is " + quote(gold.get().text()));
    };
  }

  private Equality compare(ExtractedAnswer gold, ExtractedAnswer answer) {
    Equality whole = compareWhole(gold, answer);
    return whole != Equality.EQUAL && isChoice(gold, answer) ? Equality.EQUAL : whole;
  }

  /** Whether one is a letter and the other that letter with what it stands for: {@code (B) 5}. */
  private boolean isChoice(ExtractedAnswer gold, ExtractedAnswer answer) {
    Matcher spelt = CHOICE.matcher(gold.text());
    Matcher chosen = CHOICE.matcher(answer.text());
    if (chosen.matches()
        && (chosen.group(1).equals(letter(gold))
            || compareWhole(gold, new ExtractedAnswer(chosen.group(2), 0, 0)) == Equality.EQUAL)) {
      return true;
    }
    return spelt.matches()
        && (spelt.group(1).equals(letter(answer))
            || compareWhole(new ExtractedAnswer(spelt.group(2), 0, 0), answer) == Equality.EQUAL);
  }

  private static String letter(ExtractedAnswer answer) {
    String words = MathText.words(answer.text());
    return words.length() == 1 ? words.toUpperCase(Locale.ROOT) : "";
  }

  private Equality compareWhole(ExtractedAnswer gold, ExtractedAnswer answer) {
    Equality first = compare(gold, gold.reading(), answer, answer.reading());
    boolean severalReadings =
        GROUPED.matcher(gold.text()).find() || GROUPED.matcher(answer.text()).find();
    if (first == Equality.EQUAL || !severalReadings) {
      return first;
    }
    Equality second = compare(gold, Reading.COMMAS_SEPARATE, answer, Reading.COMMAS_SEPARATE);
    return second == Equality.EQUAL ? second : withDecimalCommas(gold, answer, first);
  }

  /** 1,5 is 1.5 if the reference is no list; whether a reference of 1,5 is one cannot be told. */
  private Equality withDecimalCommas(
      ExtractedAnswer gold, ExtractedAnswer answer, Equality otherwise) {
    boolean here = GROUPED.matcher(gold.text()).find();
    boolean there = GROUPED.matcher(answer.text()).find();
    ExtractedAnswer left = withPoints(gold);
    ExtractedAnswer right = withPoints(answer);
    boolean both = here && there;
    if (both || THOUSANDS.matcher((here ? gold : answer).text()).find()) {
      return otherwise;
    }
    boolean same = compare(left, left.reading(), right, right.reading()) == Equality.EQUAL;
    return !same ? otherwise : here ? Equality.UNDECIDED : Equality.EQUAL;
  }

  private static ExtractedAnswer withPoints(ExtractedAnswer answer) {
    String text = DECIMAL_COMMA.matcher(answer.text()).replaceAll(".");
    return new ExtractedAnswer(text, answer.start(), answer.end());
  }

  private Equality compare(
      ExtractedAnswer gold, Reading goldReading, ExtractedAnswer answer, Reading answerReading) {
    Work work = new Work(Work.LIMIT);
    MathText left = MathText.of(gold.text(), goldReading, work);
    MathText right = MathText.of(answer.text(), answerReading, work);
    return new Comparison(options, work).compare(left, right);
  }

  /** Whether the reference is words and the text's last line is or says these: "it is even", "Yes, it does." */
  private static boolean saysWord(ExtractedAnswer gold, String text) {
    String word = ARTICLE.matcher(MathText.words(gold.text())).replaceFirst("");
    return !word.isEmpty()
        && word.chars().noneMatch(Character::isDigit)
        && lastLine(text).map(line -> says(MathText.words(line.text()), word)).orElse(false);
  }

  private static boolean says(String line, String word) {
    if (ARTICLE.matcher(line).replaceFirst("").equals(word)) {
      return true;
    }
    boolean opens = OPINIONS.contains(word) && line.matches(word + "[,.;:].*");
    Matcher end = SAID.matcher(line);
    boolean ends = word.length() > 2
        && line.endsWith(" " + word)
        && end.reset(line.substring(0, line.length() - word.length())).find()
        && !NEGATED.matcher(line).find();
    return opens || ends;
  }

  private static Optional<ExtractedAnswer> lastLine(String text) {
    String stripped = text.stripTrailing();
    int start = stripped.lastIndexOf('\n') + 1;
    String line = stripped.substring(start);
    return line.isBlank()
        ? Optional.empty()
        : Optional.of(new ExtractedAnswer(line, start, stripped.length()));
  }

  private static String quote(String text) {
    return text.length() <= MAX_QUOTE ? text : text.substring(0, MAX_QUOTE) + "…";
  }
}
