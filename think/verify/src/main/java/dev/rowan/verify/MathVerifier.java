package dev.rowan.verify;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import dev.rowan.verify.math.Comparison;
import dev.rowan.verify.math.MathText;
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
    Readings readings = new Readings();
    FinalAnswers answers = new FinalAnswers(readings);
    Optional<ExtractedAnswer> gold = answers.reference(value);
    if (gold.isEmpty()) {
      return new Verdict.Unverifiable("the problem's reference answer is empty");
    }
    Optional<ExtractedAnswer> found = answers.in(text);
    if (found.isEmpty()) {
      return saysWord(gold.get(), text)
          ? new Verdict.Correct()
          : new Verdict.Incorrect("no final answer");
    }
    return switch (new AnswerComparison(options, readings).compare(gold.get(), found.get())) {
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
