package dev.rowan.bench;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference.Pair;
import dev.rowan.core.Reference.Tests;
import dev.rowan.core.Reference.UnitTests;
import dev.rowan.verify.code.CodeVerifier;
import dev.rowan.verify.sandbox.Bubblewrap;
import dev.rowan.verify.sandbox.Execution;
import dev.rowan.verify.sandbox.Job;
import dev.rowan.verify.sandbox.Sandbox;
import dev.rowan.verify.sandbox.SandboxMissingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Isolated runs of a small Python function per second, on all processors, against a fresh sandbox for each. */
public final class SandboxRuns {

  private static final int ROUNDS = 3;
  private static final Duration ROUND = Duration.ofSeconds(5);
  private static final String ANSWER = "def add(a, b):\n    return a + b\n";

  private SandboxRuns() {}

  /** Measures. */
  public static void main(String[] args) throws SandboxMissingException, InterruptedException {
    Sandbox sandbox = Bubblewrap.open();
    try (CodeVerifier verifier = new CodeVerifier(sandbox)) {
      Problem calls = Problem.of(
          "calls",
          "Add.",
          new UnitTests("python", "", "add", new Tests.Pairs(List.of(new Pair("[1, 2]", "3")))));
      Problem checks = Problem.of(
          "checks",
          "Add.",
          new UnitTests(
              "python",
              "",
              "add",
              new Tests.Assertions("def check(candidate):\n    assert candidate(1, 2) == 3\n")));
      for (int i = 0; i < ROUNDS; i++) {
        show("function call, 1 fork", () -> verify(verifier, calls));
        show("check(candidate), 2 forks", () -> verify(verifier, checks));
        show("fresh sandbox", () -> fresh(sandbox));
      }
    }
  }

  private static void verify(CodeVerifier verifier, Problem problem) {
    if (!verifier.verify(problem, new Answer(ANSWER)).isCorrect()) {
      throw new IllegalStateException("a right answer is not right");
    }
  }

  private static void fresh(Sandbox sandbox) {
    try {
      String program = ANSWER + "assert add(1, 2) == 3";
      Job job = Job.of("python3", "-sSB", "-c", program);
      if (Execution.run(sandbox, job, new byte[0], Duration.ofSeconds(10)).exit() != 0) {
        throw new IllegalStateException("a right answer is not right");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void show(String name, Runnable run) throws InterruptedException {
    int threads = Runtime.getRuntime().availableProcessors();
    AtomicInteger count = new AtomicInteger();
    long start = System.nanoTime();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (int i = 0; i < threads; i++) {
        pool.execute(() -> {
          while (System.nanoTime() - start < ROUND.toNanos()) {
            run.run();
            count.incrementAndGet();
          }
        });
      }
      pool.shutdown();
      pool.awaitTermination(1, TimeUnit.MINUTES);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(Locale.ROOT, "%-26s %6.0f a second%n", name, count.get() / seconds);
  }
}
