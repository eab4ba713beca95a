package dev.rowan.examples;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import dev.rowan.verify.MathVerifier;

/** Says whether an answer is right: three lines, and no model. */
public final class CheckAnswers {

  private CheckAnswers() {}

  /** {@code args}: the right answer, then answers to check. */
  public static void main(String[] args) {
    Verifier verifier = new MathVerifier();
    Problem problem = Problem.of("p", "What is it?", new Reference.FinalAnswer(args[0]));
    for (int i = 1; i < args.length; i++) {
      Verdict verdict = verifier.verify(problem, new Answer(args[i]));
      System.out.println(args[i] + "  " + verdict);
    }
  }
}
