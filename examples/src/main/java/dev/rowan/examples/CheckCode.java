package dev.rowan.examples;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference.Tests;
import dev.rowan.core.Reference.UnitTests;
import dev.rowan.verify.code.CodeVerifier;
import dev.rowan.verify.sandbox.Bubblewrap;
import dev.rowan.verify.sandbox.SandboxMissingException;

/** Says whether programs pass a test: three lines, and a sandbox around whatever a model wrote. */
public final class CheckCode {

  private CheckCode() {}

  /** {@code args}: a language, a test in it that calls {@code add}, then programs to check. */
  public static void main(String[] args) throws SandboxMissingException {
    UnitTests tests = new UnitTests(args[0], "", "add", new Tests.Assertions(args[1]));
    Problem problem = Problem.of("add", "Write a function add.", tests);
    try (CodeVerifier verifier = new CodeVerifier(Bubblewrap.open())) {
      for (int i = 2; i < args.length; i++) {
        System.out.println(args[i] + "  " + verifier.verify(problem, new Answer(args[i])));
      }
    }
  }
}
