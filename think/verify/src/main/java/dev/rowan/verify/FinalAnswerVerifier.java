package dev.rowan.verify;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import java.util.Optional;

/**
 * Compares the final answer of a text with the reference's value. Numbers are compared exactly and without their units; a
 * reference that is no number is compared as words. An expression is not computed: next to a number it is unverifiable.
 * Work is linear in the length of the text.
 */
public final class FinalAnswerVerifier implements Verifier {

  private static final int MAX_QUOTE = 60;

  @Override
  public Verdict verify(Problem problem, Answer answer) {
    return switch (problem.reference()) {
      case Reference.FinalAnswer(String value) -> verify(value, answer.text());
      case Reference.UnitTests _, Reference.None _ ->
        new Verdict.Unverifiable("the problem has no reference answer");
    };
  }

  private static Verdict verify(String value, String text) {
    if (value.isBlank()) {
      return new Verdict.Unverifiable("the problem's reference answer is empty");
    }
    return FinalAnswers.number(value)
        .map(number -> verifyNumber(number, text))
        .orElseGet(() -> verifyWords(value, text));
  }

  private static Verdict verifyNumber(String number, String text) {
    Optional<ExtractedAnswer> found = FinalAnswers.extract(text);
    if (found.isEmpty()) {
      return new Verdict.Incorrect("no final answer");
    }
    ExtractedAnswer answer = found.get();
    if (!answer.number() && answer.text().chars().anyMatch(Character::isDigit)) {
      return new Verdict.Unverifiable("not a plain number: " + quote(answer.text()));
    }
    return answer.canonical().equals(number)
        ? new Verdict.Correct()
        : new Verdict.Incorrect(quote(answer.canonical()) + " is not " + quote(number));
  }

  private static Verdict verifyWords(String value, String text) {
    String found = FinalAnswers.extract(text).map(ExtractedAnswer::text).orElse("");
    String expected = FinalAnswers.words(value);
    if (FinalAnswers.words(found).equals(expected)
        || FinalAnswers.words(lastLine(text)).equals(expected)) {
      return new Verdict.Correct();
    }
    return new Verdict.Incorrect(
        found.isEmpty() ? "no final answer" : quote(found) + " is not " + quote(expected));
  }

  private static String lastLine(String text) {
    String stripped = text.strip();
    return stripped.substring(stripped.lastIndexOf('\n') + 1);
  }

  private static String quote(String text) {
    return text.length() <= MAX_QUOTE ? text : text.substring(0, MAX_QUOTE) + "…";
  }
}
