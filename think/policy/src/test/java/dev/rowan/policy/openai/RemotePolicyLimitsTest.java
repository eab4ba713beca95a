package dev.rowan.policy.openai;

import static dev.rowan.testkit.Behaviours.asksToWait;
import static dev.rowan.testkit.Behaviours.babbles;
import static dev.rowan.testkit.Behaviours.delta;
import static dev.rowan.testkit.Behaviours.dribbles;
import static dev.rowan.testkit.Behaviours.hangs;
import static dev.rowan.testkit.Behaviours.hangsAfter;
import static dev.rowan.testkit.Behaviours.says;
import static dev.rowan.testkit.Behaviours.streams;
import static dev.rowan.testkit.Behaviours.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowan.core.Budget;
import dev.rowan.core.Budget.Limits;
import dev.rowan.core.BudgetSpentException;
import dev.rowan.core.Completion;
import dev.rowan.core.Finish;
import dev.rowan.core.PolicyException;
import dev.rowan.core.Prefix;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Sampling;
import dev.rowan.core.TokenListener;
import dev.rowan.core.Usage;
import dev.rowan.testkit.FakeEndpoint;
import dev.rowan.testkit.FakeEndpoint.Behaviour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Budgets, patience, interruption and concurrency. */
@Timeout(60)
class RemotePolicyLimitsTest {

  private static final Prefix QUESTION =
      Prefix.of(Problem.of("p", "How much is 40 + 2?", new Reference.FinalAnswer("42")));
  private static final Sampling SAMPLING = Sampling.of(100, 7);

  private static Endpoint endpoint(FakeEndpoint server) {
    return Endpoint.of(server.url(), "tiny")
        .withPatience(Duration.ofSeconds(2), Duration.ofSeconds(20), Duration.ofMillis(1));
  }

  private static Endpoint impatient(FakeEndpoint server) {
    return endpoint(server)
        .withPatience(Duration.ofSeconds(2), Duration.ofMillis(300), Duration.ofMillis(1));
  }

  private static Completion complete(Endpoint endpoint, Budget budget) throws InterruptedException {
    try (RemotePolicy policy = new RemotePolicy(endpoint)) {
      return policy.complete(QUESTION, SAMPLING, budget, TokenListener.NONE);
    }
  }

  @Test
  void noMoreTokensAreAskedForThanTheBudgetHolds() throws InterruptedException {
    try (FakeEndpoint server = FakeEndpoint.start(streams(whole("length", "a", "b")))) {
      Budget budget = Budget.ofTokens(2);
      Completion answer = complete(endpoint(server), budget);
      assertThat(server.bodies().getFirst()).contains("\"max_tokens\":2");
      assertThat(answer.finish()).isEqualTo(Finish.BUDGET);
      assertThatThrownBy(() -> complete(endpoint(server), budget))
          .isInstanceOfSatisfying(
              BudgetSpentException.class, e -> assertThat(e.what()).isEqualTo("tokens"));
      assertThat(server.bodies()).hasSize(1);
    }
  }

  @Test
  void noMoreTokensAreAskedForThanTheMoneyBuys() throws InterruptedException {
    try (FakeEndpoint server = FakeEndpoint.start(streams(whole("length", "a", "b")))) {
      long promptBound = ChatRequest.promptBound(QUESTION);
      Price price = new Price(1_000_000, 10_000_000);
      Budget budget = new Budget(Limits.NONE.withMicroDollars(promptBound + 57));
      Completion answer = complete(endpoint(server).withPrice(price), budget);
      assertThat(server.bodies().getFirst()).contains("\"max_tokens\":5");
      assertThat(answer.usage()).isEqualTo(new Usage(1, 10, 2, 30));
      assertThat(budget.microDollarsLeft()).isEqualTo(promptBound + 27);
    }
  }

  @Test
  void aPromptThatTheMoneyDoesNotReachForIsNotSent() {
    try (FakeEndpoint server = FakeEndpoint.start(says("42"))) {
      Budget budget = new Budget(Limits.NONE.withMicroDollars(20));
      Endpoint dear = endpoint(server).withPrice(new Price(1_000_000, 1_000_000));
      assertThatThrownBy(() -> complete(dear, budget))
          .isInstanceOfSatisfying(
              BudgetSpentException.class, e -> assertThat(e.what()).isEqualTo("money"));
      assertThat(server.bodies()).isEmpty();
    }
  }

  @Test
  void anEndpointThatIgnoresTheLimitIsCutAtTheLimit() throws Exception {
    try (FakeEndpoint server = FakeEndpoint.start(babbles(delta("a")))) {
      Budget budget = Budget.ofTokens(3);
      Completion answer = complete(endpoint(server), budget);
      assertThat(answer.text()).isEqualTo("aaa");
      assertThat(answer.finish()).isEqualTo(Finish.BUDGET);
      assertThat(budget.spent().completionTokens()).isEqualTo(3);
      assertThat(server.abandoned().await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void theDeadlineEndsAnAnswer() throws InterruptedException {
    try (FakeEndpoint server = FakeEndpoint.start(hangsAfter(delta("4")))) {
      Budget budget = new Budget(Limits.NONE.withTime(Duration.ofSeconds(1)));
      Completion answer = complete(endpoint(server), budget);
      assertThat(answer.text()).isEqualTo("4");
      assertThat(answer.finish()).isEqualTo(Finish.BUDGET);
    }
  }

  @Test
  void theDeadlineEndsEveryWait() {
    for (Behaviour behaviour : List.of(hangs(), dribbles(), asksToWait("60"))) {
      try (FakeEndpoint server = FakeEndpoint.start(behaviour)) {
        Budget budget = new Budget(Limits.NONE.withTime(Duration.ofMillis(500)));
        assertThatThrownBy(() -> complete(endpoint(server), budget))
            .isInstanceOfSatisfying(
                BudgetSpentException.class, e -> assertThat(e.what()).isEqualTo("time"));
      }
    }
  }

  @Test
  void silenceIsTriedTwiceAndNamed() {
    for (Behaviour behaviour : List.of(hangs(), hangsAfter(), dribbles(), hangsAfter(delta("4")))) {
      try (FakeEndpoint server = FakeEndpoint.start(behaviour)) {
        assertThatThrownBy(() -> complete(impatient(server), Budget.unlimited()))
            .isInstanceOf(PolicyException.class)
            .hasMessageContaining("silent");
        assertThat(server.bodies()).hasSize(2);
      }
    }
  }

  @Test
  void interruptingTheCallerAbortsTheAnswer() throws Exception {
    for (Behaviour behaviour : List.of(hangs(), babbles(delta("a")), asksToWait("60"))) {
      try (FakeEndpoint server = FakeEndpoint.start(behaviour);
          RemotePolicy policy = new RemotePolicy(endpoint(server))) {
        Budget budget = Budget.ofTokens(1_000_000);
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread caller = Thread.startVirtualThread(() -> {
          try {
            policy.complete(QUESTION, Sampling.of(1_000_000, 1), budget, TokenListener.NONE);
          } catch (InterruptedException e) {
            interrupted.set(true);
          }
        });
        awaitRequest(server);
        caller.interrupt();
        assertThat(caller.join(Duration.ofSeconds(20))).isTrue();
        assertThat(interrupted).isTrue();
        assertThat(budget.tokensLeft()).isEqualTo(1_000_000 - budget.spent().completionTokens());
      }
    }
  }

  @Test
  void theEndpointNoticesThatTheCallerLeft() throws Exception {
    try (FakeEndpoint server = FakeEndpoint.start(babbles(delta("a")));
        RemotePolicy policy = new RemotePolicy(endpoint(server))) {
      CountDownLatch writing = new CountDownLatch(10);
      Budget budget = Budget.unlimited();
      Thread caller = Thread.startVirtualThread(() -> {
        try {
          policy.complete(
              QUESTION, Sampling.of(1_000_000, 1), budget, token -> writing.countDown());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      });
      assertThat(writing.await(20, TimeUnit.SECONDS)).isTrue();
      caller.interrupt();
      assertThat(server.abandoned().await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(caller.join(Duration.ofSeconds(20))).isTrue();
      assertThat(budget.spent().completionTokens())
          .as("what came is paid")
          .isGreaterThanOrEqualTo(10);
    }
  }

  @Test
  void noMoreRequestsAreInFlightThanAllowed() throws Exception {
    Behaviour slow = (exchange, body) -> {
      sleep();
      says("42").answer(exchange, body);
    };
    try (FakeEndpoint server = FakeEndpoint.start(slow);
        RemotePolicy policy = new RemotePolicy(endpoint(server).withConcurrency(3));
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Completion>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        answers.add(callers.submit(
            () -> policy.complete(QUESTION, SAMPLING, Budget.unlimited(), TokenListener.NONE)));
      }
      for (Future<Completion> answer : answers) {
        assertThat(answer.get().text()).isEqualTo("42");
      }
      assertThat(server.mostInFlight()).isBetween(2, 3);
    }
  }

  @Test
  void concurrentCallersNeverOverspend() throws Exception {
    try (FakeEndpoint server = FakeEndpoint.start(says("a", "b", "c"));
        RemotePolicy policy = new RemotePolicy(endpoint(server).withPrice(Price.ofDollars(1, 10)));
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Budget budget = new Budget(Limits.NONE.withTokens(40).withMicroDollars(300));
      List<Future<Completion>> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        answers.add(callers.submit(
            () -> policy.complete(QUESTION, Sampling.of(3, 1), budget, TokenListener.NONE)));
      }
      for (Future<Completion> answer : answers) {
        awaitDone(answer);
      }
      assertThat(budget.spent().completionTokens()).isBetween(1L, 40L);
      assertThat(budget.spent().microDollars()).isBetween(1L, 300L);
    }
  }

  private static void awaitDone(Future<Completion> answer) throws InterruptedException {
    try {
      answer.get();
    } catch (java.util.concurrent.ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(BudgetSpentException.class);
    }
  }

  private static void awaitRequest(FakeEndpoint server) throws InterruptedException {
    while (server.bodies().isEmpty()) {
      Thread.sleep(5);
    }
  }

  private static void sleep() {
    java.util.concurrent.locks.LockSupport.parkNanos(30_000_000);
  }
}
