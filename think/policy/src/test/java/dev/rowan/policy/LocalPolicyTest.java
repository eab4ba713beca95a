package dev.rowan.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowan.core.Budget;
import dev.rowan.core.BudgetSpentException;
import dev.rowan.core.Completion;
import dev.rowan.core.Finish;
import dev.rowan.core.PolicyException;
import dev.rowan.core.Prefix;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Sampling;
import dev.rowan.core.Step;
import dev.rowan.core.Token;
import dev.rowan.core.TokenListener;
import dev.rowan.core.Usage;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How chains end and what they cost. */
@Timeout(60)
final class LocalPolicyTest {

  private static final Prefix PREFIX = prefix("Sam has 3?\n");

  private final TinyModel model = TinyModel.fickle(64, 64);
  private final LocalPolicy policy = model.policy();
  private final Budget budget = Budget.unlimited();

  LocalPolicyTest() throws URISyntaxException {}

  @AfterEach
  void free() {
    model.close();
  }

  private static Prefix prefix(String question) {
    return Prefix.of(Problem.of("p", question, new Reference.None()));
  }

  private Completion complete(Sampling sampling, Budget from) throws InterruptedException {
    return policy.complete(PREFIX, sampling, from, TokenListener.NONE);
  }

  /** Settings under which the chain does not end by itself. */
  private Sampling endless(int maxTokens) throws InterruptedException {
    for (long seed = 0; ; seed++) {
      Sampling sampling = Sampling.of(maxTokens, seed);
      if (complete(sampling, Budget.unlimited()).finish() == Finish.LENGTH) {
        return sampling;
      }
    }
  }

  @Test
  void endsAtTheEndOrALineOrTheLimit() throws InterruptedException {
    Set<Finish> seen = EnumSet.noneOf(Finish.class);
    Usage total = Usage.ZERO;
    for (long seed = 0; seed < 60; seed++) {
      Completion completion = complete(Sampling.of(12, seed).byLine(), budget);
      seen.add(completion.finish());
      total = total.plus(completion.usage());
      List<Token> tokens = completion.tokens();
      assertThat(completion.usage()).isEqualTo(new Usage(1, 5, tokens.size(), 0));
      assertThat(tokens).allMatch(token -> token.logProb() < 0);
      switch (completion.finish()) {
        case STOP -> assertThat(completion.text()).endsWith("\n").containsOnlyOnce("\n");
        case END -> {
          assertThat(tokens.getLast().id()).isEqualTo(TinyModel.EOS);
          assertThat(tokens.getLast().text()).isEmpty();
          assertThat(completion.text()).doesNotContain("\n");
        }
        default -> {
          assertThat(tokens).hasSize(12);
          assertThat(completion.text()).doesNotContain("\n");
        }
      }
    }
    assertThat(seen).containsExactlyInAnyOrder(Finish.STOP, Finish.END, Finish.LENGTH);
    assertThat(budget.spent()).isEqualTo(total);
  }

  @Test
  void theBudgetCutsAChainWhichIsOtherwiseTheSame() throws InterruptedException {
    Sampling sampling = endless(10);
    Completion whole = complete(sampling, budget);
    Budget small = Budget.ofTokens(3);
    Completion cut = complete(sampling, small);
    assertThat(cut.finish()).isEqualTo(Finish.BUDGET);
    assertThat(cut.tokens()).isEqualTo(whole.tokens().subList(0, 3));
    assertThat(small.spent().completionTokens()).isEqualTo(3);
    assertThatThrownBy(() -> complete(sampling, small)).isInstanceOf(BudgetSpentException.class);
  }

  @Test
  void theContextIsALimitOfLength() throws InterruptedException {
    Completion completion = complete(endless(1000), budget);
    assertThat(completion.finish()).isEqualTo(Finish.LENGTH);
    assertThat(completion.tokens()).hasSize(64 - 5);
  }

  @Test
  void aStopStringMayBeSpreadOverTokens() throws URISyntaxException, InterruptedException {
    try (TinyModel stubborn = TinyModel.stubborn(64)) {
      Sampling sampling = new Sampling(0, 0, 1, 40, List.of("never", "777"), 0);
      Completion completion =
          stubborn.policy().complete(prefix("7"), sampling, budget, TokenListener.NONE);
      assertThat(completion.text()).isEqualTo("777");
      assertThat(completion.finish()).isEqualTo(Finish.STOP);
      Sampling endless = new Sampling(0, 0, 1, 40, List.of("78"), 0);
      assertThat(stubborn
              .policy()
              .complete(prefix("7"), endless, budget, TokenListener.NONE)
              .finish())
          .isEqualTo(Finish.LENGTH);
    }
  }

  @Test
  void timeEndsAChainWithWhatItHas() throws URISyntaxException, InterruptedException {
    try (TinyModel stubborn = TinyModel.stubborn(60_000)) {
      Budget short_ = new Budget(Budget.Limits.NONE.withTime(Duration.ofMillis(300)));
      Completion completion =
          stubborn.policy().complete(PREFIX, Sampling.greedy(59_000), short_, TokenListener.NONE);
      assertThat(completion.finish()).isEqualTo(Finish.BUDGET);
      assertThat(completion.tokens()).hasSizeLessThan(59_000);
      assertThat(short_.spent()).isEqualTo(completion.usage());
      assertThat(short_.spent().completionTokens())
          .isEqualTo(completion.tokens().size());
    }
  }

  @Test
  void anInterruptedChainIsPaidFor() throws URISyntaxException, InterruptedException {
    try (TinyModel stubborn = TinyModel.stubborn(60_000)) {
      CountDownLatch drawing = new CountDownLatch(1);
      FutureTask<Boolean> task = new FutureTask<>(() -> {
        try {
          stubborn
              .policy()
              .complete(PREFIX, Sampling.greedy(50_000), budget, token -> drawing.countDown());
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
      assertThat(budget.spent().calls()).isEqualTo(1);
      assertThat(budget.spent().completionTokens()).isBetween(1L, 50_000L);
    }
  }

  @Test
  void theListenerHearsWhatIsReturned() throws InterruptedException {
    List<Token> heard = new ArrayList<>();
    Completion completion = policy.complete(PREFIX, Sampling.of(20, 3), budget, heard::add);
    assertThat(heard).isEqualTo(completion.tokens());
    assertThat(completion).isEqualTo(complete(Sampling.of(20, 3), budget));
  }

  @Test
  void whatCannotBeAnsweredIsNamedAndCostsNothing() throws URISyntaxException {
    assertRefused(
        policy,
        prefix("7".repeat(64)),
        Sampling.of(5, 0),
        PolicyException.Reason.PROMPT_TOO_LONG,
        "64 tokens");
    assertRefused(
        policy,
        prefix("Zoe has 3?\nOr 4?\n"),
        Sampling.of(5, 0),
        PolicyException.Reason.REFUSED,
        "Zoe has 3?");
    try (TinyModel cramped = TinyModel.fickle(64, 32)) {
      assertRefused(
          cramped.policy(), PREFIX, Sampling.of(50, 0), PolicyException.Reason.OTHER, "cache");
    }
  }

  private void assertRefused(
      LocalPolicy asked,
      Prefix prefix,
      Sampling sampling,
      PolicyException.Reason reason,
      String part) {
    assertThatThrownBy(() -> asked.complete(prefix, sampling, budget, TokenListener.NONE))
        .isInstanceOfSatisfying(
            PolicyException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(part)
        .hasMessageNotContaining("\n");
    assertThat(budget.spent()).isEqualTo(Usage.ZERO);
    assertThat(budget.tokensLeft()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void stepsAreTheTokensTheyWereSampledAsOrElseTheirText() {
    Step sampled = new Step(
        "10\n", List.of(new Token(9, "1", -1), new Token(8, "0", -1), new Token(2, "\n", -1)));
    Step written = new Step("10\n", List.of());
    Step remote = new Step("10\n", List.of(new Token(Token.UNKNOWN_ID, "10\n", Double.NaN)));
    for (Step step : List.of(sampled, written, remote)) {
      assertThat(model.encoder().encode(PREFIX.plus(step)))
          .containsExactly(3, 4, 11, 5, 2, 9, 8, 2);
    }
  }
}
