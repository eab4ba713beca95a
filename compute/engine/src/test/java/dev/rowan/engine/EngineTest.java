package dev.rowan.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowan.model.LlamaWeights;
import dev.rowan.tensor.DType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What callers see: results, statistics, cancellation, the end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
final class EngineTest {

  private static final int FOR_EVER = 50_000;

  private final SplittableRandom random = new SplittableRandom(1);
  private final int[] prompt = Tiny.tokens(random, 200);
  private final LlamaWeights weights = Tiny.weights(Tiny.LONG);

  @AfterAll
  void free() {
    weights.close();
  }

  private Engine engine(int lanes, int cacheTokens) {
    return new Engine(weights, Tiny.settings(lanes, cacheTokens, DType.FLOAT32));
  }

  private static FutureTask<Generation> start(Engine engine, GenerationRequest request) {
    CountDownLatch drawing = new CountDownLatch(1);
    FutureTask<Generation> task =
        new FutureTask<>(() -> engine.generate(request, (token, logProb) -> drawing.countDown()));
    Thread.ofVirtual().start(task);
    await(drawing);
    return task;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void manySamplesOfAPromptComputeItOnce() throws InterruptedException, ExecutionException {
    try (Engine engine = engine(1, 8192)) {
      List<Callable<Generation>> calls = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        GenerationRequest request = Tiny.request(prompt, 10, i);
        calls.add(() -> engine.generate(request));
      }
      assertThat(Tiny.together(calls).stream()
              .map(generation -> List.of(generation.tokens()[0], generation.tokens()[1]))
              .distinct())
          .as("samples differ")
          .hasSizeGreaterThan(3);
      assertThat(engine.statistics().tokensComputed()).isLessThanOrEqualTo(200 + 4 + 32 * 10);
      assertThat(engine.statistics().tokensReused()).isGreaterThanOrEqualTo(31 * 199);
      assertThat(engine.statistics().forwardPasses()).isLessThan(100);
      Tiny.awaitNoBlocks(engine);
      assertThat(engine.blocksInUse()).isZero();
    }
  }

  @Test
  void aReadComputesOnlyWhatTheCacheLacks() throws InterruptedException {
    try (Engine engine = engine(1, 1024)) {
      engine.read(prompt, 0);
      engine.read(prompt, 199);
      engine.read(prompt, 150);
      assertThat(engine.statistics().tokensComputed()).isEqualTo(200 + 1 + 50);
    }
  }

  @Test
  void theSinkHearsWhatIsReturned() throws InterruptedException {
    try (Engine engine = engine(2, 1024)) {
      List<Integer> heard = new ArrayList<>();
      List<Float> logProbs = new ArrayList<>();
      Generation generation = engine.generate(Tiny.request(prompt, 30, 5), (token, logProb) -> {
        heard.add(token);
        logProbs.add(logProb);
      });
      assertThat(heard).hasSize(30);
      for (int i = 0; i < 30; i++) {
        assertThat(heard.get(i)).isEqualTo(generation.tokens()[i]);
        assertThat(logProbs.get(i)).isEqualTo(generation.logProbs()[i]);
      }
      assertThat(generation.stopped()).isFalse();
    }
  }

  @Test
  void aStopTokenEndsAndBelongsToTheResult() throws InterruptedException {
    try (Engine engine = engine(1, 1024)) {
      int[] free = engine.generate(Tiny.request(prompt, 30, 5)).tokens();
      GenerationRequest request =
          new GenerationRequest(prompt, 30, new int[] {free[7]}, 1, 0, 1, 5);
      Generation generation = engine.generate(request);
      assertThat(generation.stopped()).isTrue();
      assertThat(generation.tokens()).endsWith(free[7]).hasSizeLessThanOrEqualTo(8);
      assertThat(free).startsWith(generation.tokens());
    }
  }

  @Test
  void aStopRuleWatchesEachSequenceByItself() throws InterruptedException, ExecutionException {
    try (Engine engine = engine(1, 4096)) {
      StopRule third = () -> {
        int[] seen = new int[1];
        return _ -> ++seen[0] == 3;
      };
      List<Callable<Generation>> calls = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        GenerationRequest request =
            new GenerationRequest(prompt, 30, third, TokenChoice.PLAIN, 0, i);
        calls.add(() -> engine.generate(request));
      }
      for (Generation generation : Tiny.together(calls)) {
        assertThat(generation.stopped()).isTrue();
        assertThat(generation.tokens()).hasSize(3);
      }
    }
  }

  @Test
  void aContinuationScoresAsItWasSampled() throws InterruptedException {
    try (Engine engine = engine(1, 1024)) {
      Generation generation = engine.generate(Tiny.request(prompt, 40, 5));
      assertThat(engine.score(prompt, generation.tokens())).isEqualTo(generation.logProbs());
      assertThat(engine.score(prompt, new int[0])).isEmpty();
      assertThatThrownBy(() -> engine.score(new int[0], new int[] {3}))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("the prompt is empty");
    }
  }

  @Test
  void alternativesGoWithEveryToken() throws InterruptedException {
    try (Engine engine = engine(1, 1024)) {
      GenerationRequest greedy =
          new GenerationRequest(prompt, 10, StopRule.NEVER, TokenChoice.of(0, 0, 1), 3, 5);
      Generation generation = engine.generate(greedy);
      assertThat(generation.alternatives()).hasSize(10);
      for (int i = 0; i < 10; i++) {
        Generation.Alternative best = generation.alternatives().get(i).getFirst();
        assertThat(generation.alternatives().get(i)).hasSize(3);
        assertThat(best)
            .isEqualTo(
                new Generation.Alternative(generation.tokens()[i], generation.logProbs()[i]));
      }
    }
  }

  @Test
  void aLongPromptIsReadInPiecesWhileOthersGoOn() throws InterruptedException, ExecutionException {
    EngineSettings settings = new EngineSettings(1, 8, 16, 4096, DType.FLOAT32);
    try (LlamaWeights weights = Tiny.weights(Tiny.CONFIG);
        Engine engine = new Engine(weights, settings)) {
      CountDownLatch started = new CountDownLatch(1);
      AtomicInteger heard = new AtomicInteger();
      AtomicInteger heardWhenRead = new AtomicInteger();
      int[] longPrompt = Tiny.tokens(new SplittableRandom(9), 400);
      Tiny.together(List.<Callable<Integer>>of(
          () -> {
            engine.generate(Tiny.request(new int[] {3}, 400, 1), (_, _) -> {
              heard.incrementAndGet();
              started.countDown();
            });
            return 0;
          },
          () -> {
            started.await();
            int before = heard.get();
            engine.generate(Tiny.request(longPrompt, 1, 1));
            heardWhenRead.set(heard.get() - before);
            return 0;
          }));
      assertThat(heardWhenRead.get()).isGreaterThan(5);
    }
  }

  @Test
  void interruptingTheCallerGivesItsBlocksBack() throws InterruptedException {
    try (Engine engine = engine(1, Tiny.LONG.maxPositions())) {
      CountDownLatch drawing = new CountDownLatch(1);
      FutureTask<Boolean> task = new FutureTask<>(() -> {
        try {
          engine.generate(
              Tiny.request(prompt, FOR_EVER, 0), (token, logProb) -> drawing.countDown());
          return false;
        } catch (InterruptedException e) {
          return true;
        }
      });
      Thread caller = Thread.ofVirtual().start(task);
      drawing.await();
      caller.interrupt();
      caller.join();
      assertThat(task.resultNow()).isTrue();
      Tiny.awaitNoBlocks(engine);
      assertThat(engine.blocksInUse()).isZero();
    }
  }

  @Test
  void aSinkThatThrowsEndsItsSequence() throws InterruptedException {
    try (Engine engine = engine(1, Tiny.LONG.maxPositions())) {
      assertThatThrownBy(
              () -> engine.generate(Tiny.request(prompt, FOR_EVER, 0), (token, logProb) -> {
                throw new IllegalStateException("enough");
              }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("enough");
      Tiny.awaitNoBlocks(engine);
      assertThat(engine.blocksInUse()).isZero();
    }
  }

  @Test
  void whoWaitsForRoomCanLeaveToo() throws InterruptedException {
    try (Engine engine = engine(1, Tiny.LONG.maxPositions())) {
      FutureTask<Generation> running = start(engine, Tiny.request(prompt, FOR_EVER, 0));
      Thread waiting = Thread.ofVirtual()
          .start(new FutureTask<>(() -> engine.generate(Tiny.request(prompt, FOR_EVER, 1))));
      waiting.interrupt();
      waiting.join();
      assertThat(engine.generate(Tiny.request(prompt, 5, 2)).tokens()).hasSize(5);
      assertThat(running.isDone()).isFalse();
    }
  }

  @Test
  void patienceEndsASequenceWithWhatItHas() throws InterruptedException {
    try (Engine engine = engine(1, Tiny.LONG.maxPositions())) {
      Generation none = engine.generate(Tiny.request(prompt, 5, 0), TokenSink.NONE, Duration.ZERO);
      assertThat(none.tokens()).isEmpty();
      assertThat(none.stopped()).isFalse();
      Generation some = engine.generate(
          Tiny.request(prompt, FOR_EVER, 0), TokenSink.NONE, Duration.ofMillis(200));
      assertThat(some.tokens()).hasSizeLessThan(FOR_EVER).hasSameSizeAs(some.logProbs());
      assertThat(some.stopped()).isFalse();
      Generation all = engine.generate(
          Tiny.request(prompt, 5, 0), TokenSink.NONE, Duration.ofSeconds(Long.MAX_VALUE));
      assertThat(all.tokens()).hasSize(5);
      Tiny.awaitNoBlocks(engine);
      assertThat(engine.blocksInUse()).isZero();
    }
  }

  @Test
  void closingFailsTheRunningTheWaitingAndTheLate() throws InterruptedException {
    Engine engine = engine(1, Tiny.LONG.maxPositions());
    FutureTask<Generation> running = start(engine, Tiny.request(prompt, FOR_EVER, 0));
    FutureTask<Generation> waiting =
        new FutureTask<>(() -> engine.generate(Tiny.request(prompt, FOR_EVER, 1)));
    Thread thread = Thread.ofVirtual().start(waiting);
    engine.close();
    engine.close();
    thread.join();
    for (FutureTask<Generation> task : List.of(running, waiting)) {
      assertThatThrownBy(task::get)
          .cause()
          .isInstanceOf(EngineException.class)
          .hasMessage("the engine was closed");
    }
    assertThatThrownBy(() -> engine.generate(Tiny.request(prompt, 5, 1)))
        .isInstanceOf(EngineException.class)
        .hasMessage("the engine was closed");
  }

  @Test
  void aPromptThatFillsTheCacheIsServedBesideItsOwnDonor() throws InterruptedException {
    int[] other = prompt.clone();
    other[24] = other[24] == 9 ? 8 : 9;
    try (Engine engine = engine(1, 208)) {
      assertThat(engine.generate(Tiny.request(prompt, 8, 0)).tokens()).hasSize(8);
      assertThat(engine.generate(Tiny.request(other, 8, 0)).tokens()).hasSize(8);
      assertThat(engine.generate(Tiny.request(prompt, 8, 0)).tokens()).hasSize(8);
    }
  }
}
