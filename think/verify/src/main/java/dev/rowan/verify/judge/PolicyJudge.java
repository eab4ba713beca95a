package dev.rowan.verify.judge;

import dev.rowan.core.Answer;
import dev.rowan.core.Budget;
import dev.rowan.core.Policy;
import dev.rowan.core.Problem;
import dev.rowan.core.Sampling;
import java.util.List;

/**
 * A judge made of any policy and a rubric. It gives its reason first and its verdict in the last line; a reply without one
 * is an abstention.
 *
 * <p>Zheng et al., "Judging LLM-as-a-Judge with MT-Bench and Chatbot Arena", 2023; Bai et al., "Constitutional AI", 2022,
 * for written principles.
 *
 * @param policy answers
 * @param rubric what an answer must meet, in words
 * @param sampling how the reply is drawn
 */
public record PolicyJudge(Policy policy, String rubric, Sampling sampling) implements Judge {

  /** For code that cannot be run: whether it is right, and fit to be read. */
  public static final String CODE_RUBRIC = """
      The code does what the problem asks, for every input that the problem allows, including empty, extreme and
      malformed ones. It handles errors as the problem says. It is clear: names say what things are, no part is dead,
      and nothing is more complicated than the problem.""";

  private static final String ENDING = """
      Say in a few sentences where the answer meets the rubric and where it does not. Judge what is there: length, tone
      and confidence count for nothing. Then end with one line, exactly one of
      VERDICT: PASS
      VERDICT: FAIL
      VERDICT: UNSURE""";

  /**
   * Checks the rubric.
   *
   * @throws IllegalArgumentException if it is blank
   */
  public PolicyJudge {
    if (rubric.isBlank()) {
      throw new IllegalArgumentException("the rubric is empty: say what an answer must meet");
    }
  }

  @Override
  public Opinion judge(Problem problem, Answer answer, Budget budget) throws InterruptedException {
    String task = "You judge an answer to a problem by a rubric.\n\nRubric:\n" + rubric.strip();
    Question.Reply reply = Question.ask(
        policy, Question.about(problem, task, List.of(answer), ENDING), sampling, budget);
    return switch (reply.word().orElse("")) {
      case "pass" -> new Opinion.Pass(reply.reason());
      case "fail" -> new Opinion.Fail(reply.reason());
      case "unsure" -> new Opinion.Abstention("unsure: " + reply.reason());
      default -> new Opinion.Abstention("the reply does not end in a verdict");
    };
  }
}
