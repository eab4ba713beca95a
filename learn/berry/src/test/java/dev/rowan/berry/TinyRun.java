package dev.rowan.berry;

import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import dev.rowan.model.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A run of seconds. Its models lie in {@code policy} and {@code judge} of a folder. */
final class TinyRun {

  static final int MAX_TOKENS = 24;

  /** Finds about a third of any chains right, so that a model that knows nothing has something to learn. */
  static final Verifier BY_CHANCE =
      (problem, answer) -> switch (Math.floorMod(answer.text().hashCode(), 8)) {
        case 0, 1, 2 -> new Verdict.Correct();
        case 3 -> new Verdict.Unverifiable("nobody can tell");
        default -> new Verdict.Incorrect("by chance");
      };

  private TinyRun() {}

  static BerryPlan plan(long seed) {
    return new BerryPlan(seed, 60, 2, 4, 4, 2, 2, 3e-3, 6, 4, 4);
  }

  static void writeModels(Path models) throws IOException {
    TinyModels.policy(models.resolve("policy"));
    TinyModels.judge(models.resolve("judge"));
  }

  static BerryRun of(Path models, Path out, Progress progress, Verifier verifier) {
    return of(models, out, plan(7), progress, verifier);
  }

  static BerryRun of(Path models, Path out, BerryPlan plan, Progress progress, Verifier verifier) {
    return new BerryRun(
        new ModelFolder(models.resolve("policy")),
        new ModelFolder(models.resolve("judge")),
        out,
        plan,
        MAX_TOKENS,
        progress,
        verifier);
  }

  /** Runs until the second round, says so on standard output, and then waits to be killed. */
  public static void main(String[] args) throws Exception {
    Path out = Path.of(args[1]);
    Verifier untilTheSecondRound = (problem, answer) -> {
      if (Files.exists(out.resolve("round-0001"))) {
        System.out.println("in round 2");
        waitForever();
      }
      return BY_CHANCE.verify(problem, answer);
    };
    of(Path.of(args[0]), out, Progress.SILENT, untilTheSecondRound).run();
  }

  private static void waitForever() {
    while (true) {
      try {
        Thread.sleep(Long.MAX_VALUE);
      } catch (InterruptedException e) {
        System.out.println("interrupted instead of killed");
      }
    }
  }
}
