package dev.rowan.verify.code;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference.UnitTests;
import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import dev.rowan.verify.sandbox.Limits;
import dev.rowan.verify.sandbox.Sandbox;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Verifies answers that are programs by running them in a sandbox against {@link UnitTests}. A program that runs
 * out of time is unverifiable; one that fails, crashes or ends itself is incorrect.
 *
 * <p>Chen et al., "Evaluating Large Language Models Trained on Code", 2021, for tests of the form
 * {@code check(candidate)}.
 */
public final class CodeVerifier implements Verifier, AutoCloseable {

  private static final Duration WALL = Duration.ofSeconds(10);

  private final Lanes lanes;
  private final FreshRuns others;

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
    others = new FreshRuns(sandbox, limits.cpu(), wall);
  }

  /** The program that {@code answer} gives for these tests. */
  public static Snippet snippet(UnitTests tests, Answer answer) {
    String language = tests.language().toLowerCase(Locale.ROOT);
    Set<String> names =
        Language.of(language).map(one -> Set.copyOf(one.names())).orElse(Language.PYTHON);
    return Snippet.of(answer.text(), names, tests.entryPoint());
  }

  @Override
  public Verdict verify(Problem problem, Answer answer) {
    return problem.reference() instanceof UnitTests tests
        ? verify(tests, answer)
        : new Verdict.Unverifiable("the problem has no unit tests");
  }

  private Verdict verify(UnitTests tests, Answer answer) {
    String code = snippet(tests, answer).code();
    if (code.isBlank()) {
      return new Verdict.Incorrect("no code");
    }
    try {
      return run(tests, code);
    } catch (BadTestsException e) {
      return new Verdict.Unverifiable(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Verdict.Unverifiable("the sandbox failed: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Verdict.Unverifiable("interrupted");
    }
  }

  private Verdict run(UnitTests tests, String code)
      throws IOException, BadTestsException, InterruptedException {
    String name = tests.language().toLowerCase(Locale.ROOT);
    if (Language.PYTHON.contains(name)) {
      return lanes.check(tests, PythonText.readings(tests.prompt(), code, tests.entryPoint()));
    }
    Optional<Language> language = Language.of(name);
    return language.isPresent()
        ? others.check(language.get(), tests, code)
        : new Verdict.Unverifiable(
            "no language '" + tests.language() + "': choose one of " + Language.all());
  }

  @Override
  public void close() {
    lanes.close();
  }
}
