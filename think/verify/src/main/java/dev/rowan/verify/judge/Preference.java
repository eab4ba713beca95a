package dev.rowan.verify.judge;

import dev.rowan.core.Answer;
import dev.rowan.core.Budget;
import dev.rowan.core.Policy;
import dev.rowan.core.Problem;
import dev.rowan.core.Sampling;
import java.util.List;

/**
 * Which of two answers is better, asked in both orders. Judges like what stands first, or last; only a preference that
 * survives the swap counts.
 *
 * <p>Wang et al., "Large Language Models are not Fair Evaluators", 2023.
 *
 * @param policy answers
 * @param rubric what makes an answer better, in words
 * @param sampling how replies are drawn
 */
public record Preference(Policy policy, String rubric, Sampling sampling) {

  private static final String ENDING = """
      Compare them in a few sentences. The order in which they stand, their length and their tone count for nothing.
      Then end with one line, exactly one of
      VERDICT: A
      VERDICT: B
      VERDICT: TIE""";

  /** Which answer is better. */
  public enum Choice {
    FIRST,
    SECOND,
    TIE,
    /** A reply could not be read. */
    UNREADABLE;

    private Choice swapped() {
      return switch (this) {
        case FIRST -> SECOND;
        case SECOND -> FIRST;
        case TIE -> TIE;
        case UNREADABLE -> UNREADABLE;
      };
    }
  }

  /**
   * Both replies, in terms of the answers as they were given.
   *
   * @param straight asked with the first answer first
   * @param swapped asked with the second answer first
   */
  public record Comparison(Choice straight, Choice swapped) {

    /** Whether both replies could be read and the order made no difference. */
    public boolean consistent() {
      return straight == swapped && straight != Choice.UNREADABLE;
    }

    /** What counts: a disagreement is a tie, and what cannot be read stays so. */
    public Choice choice() {
      if (straight == Choice.UNREADABLE || swapped == Choice.UNREADABLE) {
        return Choice.UNREADABLE;
      }
      return consistent() ? straight : Choice.TIE;
    }
  }

  /**
   * Compares, with two calls. An answer without content loses to one with, without any call.
   *
   * @throws dev.rowan.core.BudgetSpentException if nothing is left to spend
   * @throws InterruptedException if the calling thread was interrupted
   */
  public Comparison compare(Problem problem, Answer first, Answer second, Budget budget)
      throws InterruptedException {
    boolean firstEmpty = Content.isMissing(first);
    boolean secondEmpty = Content.isMissing(second);
    if (firstEmpty || secondEmpty) {
      Choice choice =
          firstEmpty && secondEmpty ? Choice.TIE : firstEmpty ? Choice.SECOND : Choice.FIRST;
      return new Comparison(choice, choice);
    }
    return new Comparison(
        ask(problem, first, second, budget), ask(problem, second, first, budget).swapped());
  }

  private Choice ask(Problem problem, Answer a, Answer b, Budget budget)
      throws InterruptedException {
    String task = "You compare two answers to a problem by a rubric.\n\nRubric:\n" + rubric.strip();
    Question.Reply reply = Question.ask(
        policy, Question.about(problem, task, List.of(a, b), ENDING), sampling, budget);
    return switch (reply.word().orElse("")) {
      case "a" -> Choice.FIRST;
      case "b" -> Choice.SECOND;
      case "tie" -> Choice.TIE;
      default -> Choice.UNREADABLE;
    };
  }
}
