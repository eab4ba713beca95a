package dev.rowan.verify.code;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import dev.rowan.verify.sandbox.Limits;
import dev.rowan.verify.sandbox.Sandbox;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Verifies answers that are programs by running them in a sandbox against {@link Reference.UnitTests}. A program that runs
 * out of time is unverifiable; one that fails, crashes or ends itself is incorrect.
 *
 * <p>Chen et al., "Evaluating Large Language Models Trained on Code", 2021, for tests of the form
 * {@code check(candidate)}.
 */
public final class CodeVerifier implements Verifier, AutoCloseable {

  private static final Set<String> PYTHON = Set.of("python", "python3", "py");
  private static final Duration WALL = Duration.ofSeconds(10);

  private final Lanes lanes;

  /** Runs as many programs at once as there are processors, each for ten seconds at most. */
  public CodeVerifier(Sandbox sandbox) {
    this(sandbox, Limits.DEFAULT, WALL, Runtime.getRuntime().availableProcessors());
  }

  /**
   * With limits of one's own.
   *
   * @param wall how long a program may run
   * @param atOnce how many run at once
   */
  public CodeVerifier(Sandbox sandbox, Limits limits, Duration wall, int atOnce) {
    lanes = new Lanes(sandbox, limits, wall, atOnce);
  }

  /** The program that {@code answer} gives for these tests. */
  public static Snippet snippet(Reference.UnitTests tests, Answer answer) {
    return Snippet.of(answer.text(), PYTHON, tests.entryPoint());
  }

  @Override
  public Verdict verify(Problem problem, Answer answer) {
    return problem.reference() instanceof Reference.UnitTests tests
        ? verify(tests, answer)
        : new Verdict.Unverifiable("the problem has no unit tests");
  }

  private Verdict verify(Reference.UnitTests tests, Answer answer) {
    String code = snippet(tests, answer).code();
    if (code.isBlank()) {
      return new Verdict.Incorrect("no code");
    }
    List<String> readings = PythonText.readings(tests.prompt(), code, tests.entryPoint());
    try {
      return lanes.check(tests, readings);
    } catch (BadTestsException e) {
      return new Verdict.Unverifiable(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Verdict.Unverifiable("the sandbox failed: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Verdict.Unverifiable("interrupted");
    }
  }

  @Override
  public void close() {
    lanes.close();
  }
}
