package dev.rowan.berry.report;

import dev.rowan.core.Problem;
import dev.rowan.core.Step;
import dev.rowan.core.StepVerifier;
import dev.rowan.core.Token;
import dev.rowan.core.Trajectory;
import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import java.util.ArrayList;
import java.util.List;

/**
 * A chain of thought to show, line by line.
 *
 * @param lines its lines
 * @param answer whether its answer is right
 */
public record Chain(List<Line> lines, Mark answer) {

  /** Copies the list. */
  public Chain {
    lines = List.copyOf(lines);
  }

  /** A trajectory with what both verifiers say of it. */
  public static Chain judged(
      Problem problem, Trajectory trajectory, Verifier verifier, StepVerifier stepVerifier) {
    List<Step> steps = trajectory.steps();
    List<Verdict> verdicts = stepVerifier.verifySteps(problem, steps);
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Mark mark = i < verdicts.size() ? Mark.of(verdicts.get(i)) : Mark.UNJUDGED;
      lines.add(Line.of(steps.get(i), mark));
    }
    return new Chain(lines, Mark.of(verifier.verify(problem, trajectory.answer())));
  }

  /**
   * One line.
   *
   * @param text its text
   * @param mark whether it is true; lines after the first false one are not judged
   * @param tokens the tokens that make up the text; empty if the policy does not tell their probabilities
   */
  public record Line(String text, Mark mark, List<Piece> tokens) {

    /** Copies the list. */
    public Line {
      tokens = List.copyOf(tokens);
    }

    private static Line of(Step step, Mark mark) {
      boolean told = step.tokens().stream().mapToDouble(Token::logProb).allMatch(Double::isFinite);
      List<Token> tokens = told ? step.tokens() : List.of();
      return new Line(
          step.text(),
          mark,
          tokens.stream().map(token -> new Piece(token.text(), token.logProb())).toList());
    }
  }

  /**
   * One token.
   *
   * @param text its text
   * @param logProb natural logarithm of its probability
   */
  public record Piece(String text, double logProb) {

    /** Checks the figure. */
    public Piece {
      Check.finite("logProb", logProb);
    }
  }
}
