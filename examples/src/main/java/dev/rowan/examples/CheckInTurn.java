package dev.rowan.examples;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verifier;
import dev.rowan.verify.CompositeVerifier;
import dev.rowan.verify.MathVerifier;
import dev.rowan.verify.NumericVerifier;
import java.util.LinkedHashMap;
import java.util.Map;

/** Asks verifiers in turn until one decides, and says what each of them said. */
public final class CheckInTurn {

  private CheckInTurn() {}

  /** {@code args}: the right answer, then answers to check. */
  public static void main(String[] args) {
    Map<String, Verifier> inTurn = new LinkedHashMap<>();
    inTurn.put("number", new NumericVerifier());
    inTurn.put("mathematics", new MathVerifier());
    CompositeVerifier verifier = new CompositeVerifier(inTurn);
    Problem problem = Problem.of("p", "What is it?", new Reference.FinalAnswer(args[0]));
    for (int i = 1; i < args.length; i++) {
      System.out.println(args[i] + "  " + verifier.decide(problem, new Answer(args[i])));
    }
  }
}
