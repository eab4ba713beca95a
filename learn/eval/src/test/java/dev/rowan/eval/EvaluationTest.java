package dev.rowan.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rowan.core.Budget;
import dev.rowan.core.Finish;
import dev.rowan.core.PolicyException;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Score;
import dev.rowan.core.Solution;
import dev.rowan.core.Step;
import dev.rowan.core.Strategy;
import dev.rowan.core.Token;
import dev.rowan.core.Trajectory;
import dev.rowan.core.Usage;
import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import dev.rowan.search.AnswerExtractor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class EvaluationTest {

  private static final AnswerExtractor EXTRACTOR = answer -> Optional.of(answer.text());
  private static final Verifier VERIFIER = (problem, answer) -> switch (answer.text()) {
    case "right" -> new Verdict.Correct();
    case "odd" -> new Verdict.Unverifiable("cannot be parsed");
    default -> new Verdict.Incorrect("not right");
  };

  private static List<Problem> problems(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Problem.of("p" + i, "question", new Reference.None()))
        .toList();
  }

  /** Answers right, wrong or odd by the seed, after a random delay. */
  private static final Strategy DICE = (problem, seed, budget, listener) -> {
    LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(100_000));
    int dice = Math.floorMod(seed, 10);
    return answer(problem, dice < 4 ? "right" : dice < 9 ? "wrong" + dice : "odd", 5);
  };

  private static Solution answer(Problem problem, String text, int tokens) {
    Usage usage = new Usage(1, 0, tokens, 0);
    Step step = Step.of(List.of(new Token(1, text, -1)));
    Trajectory chain = new Trajectory(problem.id(), List.of(step), Finish.END, usage);
    return new Solution(Optional.of(chain), List.of(chain), Map.of(), usage, false);
  }

  private static Evaluation evaluation(Strategy strategy, int samples) {
    return new Evaluation(
        strategy, VERIFIER, EXTRACTOR, new Evaluation.Settings(samples, 32, 7, Budget.Limits.NONE));
  }

  @Test
  void countsAndRates() throws InterruptedException {
    List<Sample> heard = new ArrayList<>();
    Results results = evaluation(DICE, 8).run(problems(50), heard::add);

    assertThat(heard).isEqualTo(results.samples()).hasSize(400);
    assertThat(results.correct() + results.incorrect() + results.unverifiable()).isEqualTo(400);
    assertThat(results.unverifiable()).isPositive();
    assertThat(results.usage()).isEqualTo(new Usage(400, 0, 2000, 0));
    assertThat(results.accuracy()).isCloseTo(4.0 / 9, within(0.1));
    assertThat(results.accuracyInterval(Bootstrap.of(1)).orElseThrow().contains(results.accuracy()))
        .isTrue();
    assertThat(results.graded().stream().mapToInt(List::size).sum())
        .isEqualTo((int) (results.correct() + results.incorrect()));
  }

  @Test
  void theSameSeedGivesTheSameResultsWhateverTheTimingAndTheCompany() throws InterruptedException {
    Results all = evaluation(DICE, 4).run(problems(20), sample -> {});
    Results again = evaluation(DICE, 4).run(problems(20), sample -> {});
    Results few = evaluation(DICE, 4).run(problems(20).subList(5, 7), sample -> {});

    assertThat(again).isEqualTo(all);
    assertThat(few.samples()).isEqualTo(all.samples().subList(20, 28));
  }

  @Test
  void curvesRiseAndHaveIntervals() throws InterruptedException {
    Results results = evaluation(DICE, 16).run(problems(40), sample -> {});
    Curve coverage = results.coverage(List.of(1, 2, 4, 8, 32), Bootstrap.of(1));
    Curve majority = results.majority(Curve.doublingsUpTo(8), Bootstrap.of(1));

    assertThat(coverage.points()).extracting(Point::samples).containsExactly(1, 2, 4, 8);
    assertThat(coverage.points()).extracting(Point::value).isSorted();
    assertThat(coverage.points().getFirst().value()).isCloseTo(results.accuracy(), within(1e-9));
    assertThat(coverage.points()).extracting(Point::tokens).containsExactly(5.0, 10.0, 20.0, 40.0);
    assertThat(majority.points())
        .allMatch(point -> point.low() <= point.value() && point.value() <= point.high());
    assertThat(majority.points().getLast().value()).isGreaterThan(results.accuracy());
  }

  @Test
  void scoresGoWithTheirSamples() throws InterruptedException {
    Results results = evaluation(DICE, 8).run(problems(10), sample -> {});
    double[] scores =
        results.scores((problem, chain) -> Score.of(chain.text().equals("right") ? 1 : 0), 4);
    Curve best = Curve.of(
        "best", results.graded(scores), List.of(4), BestOfKByScore::expected, Bootstrap.of(1));
    Curve coverage = results.coverage(List.of(4), Bootstrap.of(1));

    assertThat(best.points().getFirst().value())
        .isCloseTo(coverage.points().getFirst().value(), within(1e-9));
  }

  @Test
  void gainsArePaired() throws InterruptedException {
    Strategy better = (problem, seed, budget, listener) -> answer(problem, "right", 5);
    Results before = evaluation(DICE, 4).run(problems(30), sample -> {});
    Results after = evaluation(better, 4).run(problems(30), sample -> {});

    assertThat(
            after.gainSince(before, Bootstrap.of(1)).orElseThrow().contains(1 - before.accuracy()))
        .isTrue();
    assertThat(after.accuracyInterval(Bootstrap.of(1)).orElseThrow().low()).isLessThan(1);
  }

  @Test
  void oneFailureIsUnverifiableAndAllFailuresAreAnError() throws InterruptedException {
    PolicyException tooLong =
        new PolicyException(PolicyException.Reason.PROMPT_TOO_LONG, "cut the prompt");
    Strategy sometimes = (problem, seed, budget, listener) -> {
      if (problem.id().equals("p1")) {
        throw tooLong;
      }
      return answer(problem, "right", 1);
    };
    Results results = evaluation(sometimes, 2).run(problems(3), sample -> {});
    assertThat(results.unverifiable()).isEqualTo(2);
    assertThat(results.accuracy()).isEqualTo(1);
    assertThat(results.samples().get(2).failure()).contains(tooLong);

    assertThatThrownBy(() -> evaluation(sometimes, 2).run(problems(3).subList(1, 2), sample -> {}))
        .isSameAs(tooLong);
    PolicyException down =
        new PolicyException(PolicyException.Reason.UNREACHABLE, "start the server");
    Strategy never = (problem, seed, budget, listener) -> {
      throw down;
    };
    assertThatThrownBy(() -> evaluation(never, 2).run(problems(300), sample -> {}))
        .isSameAs(down);
  }

  @Test
  void anInterruptedEvaluationLeavesNothingBehind() throws InterruptedException {
    AtomicInteger live = new AtomicInteger();
    CountDownLatch started = new CountDownLatch(32);
    Strategy hanging = (problem, seed, budget, listener) -> {
      live.incrementAndGet();
      started.countDown();
      try {
        Thread.sleep(Long.MAX_VALUE);
        return answer(problem, "right", 1);
      } finally {
        live.decrementAndGet();
      }
    };
    AtomicInteger liveAtTheEnd = new AtomicInteger(-1);
    Thread thread = Thread.ofVirtual().start(() -> {
      try {
        evaluation(hanging, 10).run(problems(10), sample -> {});
      } catch (InterruptedException e) {
        liveAtTheEnd.set(live.get());
      }
    });
    started.await();
    thread.interrupt();
    thread.join();

    assertThat(liveAtTheEnd).hasValue(0);
  }

  @Test
  void everySampleIsALineOfJson(@TempDir Path folder) throws IOException, InterruptedException {
    Path file = folder.resolve("samples.jsonl");
    try (SampleLog log = new SampleLog(file)) {
      evaluation(DICE, 3).run(problems(10), log);
      assertThat(file).doesNotExist();
      log.finish();
    }
    List<String> lines = Files.readAllLines(file);

    assertThat(lines).hasSize(30);
    for (String line : lines) {
      JsonNode json = JsonMapper.shared().readTree(line);
      assertThat(json.get("verdict").stringValue()).isIn("correct", "incorrect", "unverifiable");
      assertThat(json.has("reason"))
          .isEqualTo(!json.get("verdict").stringValue().equals("correct"));
      assertThat(json.get("completion").stringValue())
          .isEqualTo(json.get("extracted").stringValue());
      assertThat(json.get("tokens").intValue()).isEqualTo(5);
    }
    assertThat(lines.get(4)).startsWith("{\"id\":\"p1\",\"sample\":1,");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }
}
