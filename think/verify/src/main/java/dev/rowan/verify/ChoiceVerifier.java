package dev.rowan.verify;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Compares the letter that an answer chooses with the right one, as GPQA and MMLU ask for. The letter is, in this order, in
 * the last box or behind the last "the answer is"; at the start of the text or of its last line, before a dot, a bracket
 * or the choice itself; the last that is concluded; the last letter that stands alone and is no word.
 */
public final class ChoiceVerifier implements Verifier {

  private static final String LETTER = "([A-J])(?![\\p{L}\\p{N}'’])";

  private static final Pattern MARKED = Pattern.compile("(?:\\\\f?boxed\\s*\\{|####|"
      + "(?i:answer|choice|option|réponse|respuesta|resposta|risposta|antwort|antwoord|odpowiedź|cevap|ответ|svar"
      + "|jawaban|đáp án|lösung|solución|答案|答え|正解|정답|الجواب|الإجابة|उत्तर)"
      + "\\s*(?i:is|est|es|é|è|ist|är|adalah|là|是|为|は|هو|هي|है)?(?i:\\s+(?:option|choice|letter))?)"
      + "[\\s*:：=({\\[$\\\\\"'“]*(?:text\\{|mathrm\\{|textbf\\{|mathbf\\{)?[\\s(]*" + LETTER);

  private static final Pattern LOWER_CASE =
      Pattern.compile("\\A\\W*([a-j])\\W*\\z|(?i:answer(?: is)?:?)\\s*\\(?([a-j])(?:[).]|\\s*\\z)");

  private static final Pattern STARTING =
      Pattern.compile("\\A[\\s(\\[*\"']*([A-J])(?:[)\\].:,;*。、，：]|\\s*\\z|\\s+(?=\\p{Lu}))");

  private static final Pattern STARTING_LAST_LINE = Pattern.compile(
      "(?:\\A|\\n)[\\s(\\[*\"']*([A-J])(?:[)\\].:,;*。、，：]+[^\\n]*|\\s+\\p{Lu}[^\\n]*)?\\s*\\z");

  /** "Therefore B", "it must be B". */
  private static final Pattern CONCLUDED = Pattern.compile(
      "\\b(?i:therefore|thus|hence|must be|choose|pick|select|go with|it is|it['’]s)[\\s,:*(]+"
          + "(?i:(?:option|choice)\\s+)?\\(?([B-HJ]|[AI](?!\\s+\\p{Ll}))(?![\\p{L}\\p{N}'’])");

  /** An "A" or "I" before a word in lower case is one itself. */
  private static final Pattern ALONE = Pattern.compile(
      "(?<![\\p{L}\\p{N}'’])(?:([B-HJ])|([AI])(?!\\s+\\p{Ll}))(?![\\p{L}\\p{N}'’])");

  @Override
  public Verdict verify(Problem problem, Answer answer) {
    if (!(problem.reference() instanceof Reference.Choice(String letter))) {
      return new Verdict.Unverifiable("the problem has no right choice");
    }
    Optional<String> gold = extract(letter).map(ChoiceVerifier::letter);
    if (gold.isEmpty()) {
      return new Verdict.Unverifiable("the right choice is no letter from A to J: " + letter);
    }
    Optional<String> chosen = extract(answer.text()).map(ChoiceVerifier::letter);
    if (chosen.isEmpty()) {
      return new Verdict.Incorrect("no choice");
    }
    return chosen.equals(gold)
        ? new Verdict.Correct()
        : new Verdict.Incorrect(chosen.get() + " is not " + gold.get());
  }

  private static String letter(ExtractedAnswer found) {
    return found.text().toUpperCase(Locale.ROOT);
  }

  /** The letter that a text chooses; empty if it chooses none. */
  public static Optional<ExtractedAnswer> extract(String text) {
    return FinalAnswers.afterThought(text, ChoiceVerifier::found);
  }

  private static Optional<ExtractedAnswer> found(String text) {
    return List.of(MARKED, LOWER_CASE, STARTING, STARTING_LAST_LINE, CONCLUDED, ALONE).stream()
        .flatMap(pattern -> last(pattern, text).stream())
        .findFirst();
  }

  private static Optional<ExtractedAnswer> last(Pattern pattern, String text) {
    return pattern.matcher(text).results().reduce((_, later) -> later).map(match -> {
      int group = group(match);
      return new ExtractedAnswer(match.group(group), match.start(group), match.end(group));
    });
  }

  private static int group(MatchResult match) {
    return match.start(1) >= 0 ? 1 : 2;
  }
}
