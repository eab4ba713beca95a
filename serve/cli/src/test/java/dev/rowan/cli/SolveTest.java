package dev.rowan.cli;

import static dev.rowan.testkit.Behaviours.cutsAfter;
import static dev.rowan.testkit.Behaviours.delta;
import static dev.rowan.testkit.Behaviours.refuses;
import static dev.rowan.testkit.Behaviours.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.search.Strategies;
import dev.rowan.testkit.FakeEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SolveTest {

  private static final String QUESTION = "How much is 40 + 2?";

  @TempDir
  private Path home;

  @BeforeEach
  void shipAModel() throws IOException {
    Path model = Files.createDirectories(home.resolve(Policies.SHIPPED));
    Files.writeString(model.resolve("config.json"), "{}");
  }

  private Policies local(String... answers) {
    return CommandRun.local(home, Map.of(QUESTION + "\n", List.of(answers)));
  }

  @Test
  void aSingleChainIsShownThenItsAnswerAndCost() {
    CommandRun run = CommandRun.of(local("40 + 2 = 42\n#### 42"), "solve", QUESTION);
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .startsWith("40 + 2 = 42\n#### 42\n")
        .contains("answer  42")
        .contains("1 call, 5 tokens read, 2 written");
  }

  @Test
  void aVoteShowsItsProgressTheWinnerAndTheVotes() {
    CommandRun run = CommandRun.of(
        local("#### 42", "#### 42", "#### 42", "#### 41"),
        "solve",
        QUESTION,
        "--strategy",
        "vote",
        "--samples",
        "8");
    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("vote 1/8");
    assertThat(run.out())
        .startsWith("#### 42")
        .contains("answer  42")
        .containsPattern("votes   42 +█+ +\\d");
  }

  @Test
  void theSameSeedGivesTheSameOutput() {
    Policies policies = local("#### 1", "#### 2", "#### 3", "#### 4", "#### 5");
    String[] args = {"solve", QUESTION, "--strategy", "vote", "--samples", "5", "--seed", "3"};
    assertThat(withoutTime(CommandRun.of(policies, args)))
        .isEqualTo(withoutTime(CommandRun.of(policies, args)));
  }

  private static String withoutTime(CommandRun run) {
    return run.out().replaceAll("[0-9.]+ s", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"chain", "greedy", "vote", "weighted-vote", "best-of-n"})
  void everyStrategyForWholeChainsAnswers(String strategy) {
    CommandRun run = CommandRun.of(
        local("#### 42"), "solve", QUESTION, "--strategy", strategy, "--samples", "3");
    assertThat(run.err()).doesNotContain("rowan:");
    assertThat(run.out()).contains("answer  42");
  }

  @Test
  void anEndpointIsToldHowToEnd() {
    try (FakeEndpoint server = FakeEndpoint.start(says("So: 42\n", "#### 42"))) {
      CommandRun run = CommandRun.upstream(server.url(), "solve", QUESTION);
      assertThat(run.err()).isEmpty();
      assertThat(run.out()).contains("So: 42\n#### 42").contains("10 tokens read, 2 written");
      assertThat(server.bodies().getFirst()).contains("\"role\":\"system\"").contains("####");
    }
  }

  @Test
  void theKeyIsTakenFromTheEnvironment() {
    try (FakeEndpoint server = FakeEndpoint.start(says("#### 42"))) {
      Policies keyed = new Policies(new LocalModels(), name -> Optional.of("sk-" + name), home);
      CommandRun.of(
          keyed, "solve", QUESTION, "--upstream", server.url(), "--upstream-model", "tiny");
      assertThat(server.authorizations()).containsExactly("Bearer sk-OPENAI_API_KEY");
    }
  }

  @Test
  void aLostConnectionIsShown() {
    try (FakeEndpoint server = FakeEndpoint.start(cutsAfter(delta("So")), says("#### 42"))) {
      CommandRun run = CommandRun.upstream(server.url(), "solve", QUESTION);
      assertThat(run.out())
          .startsWith("So\n(the connection was lost; the chain starts over)\n#### 42\n");
    }
  }

  @Test
  void moneyIsCountedAtTheGivenPrices() {
    try (FakeEndpoint server = FakeEndpoint.start(says("#### ", "42"))) {
      CommandRun run = CommandRun.upstream(
          server.url(),
          "solve",
          QUESTION,
          "--price-in",
          "2.5",
          "--price-out",
          "10",
          "--budget-dollars",
          "1");
      assertThat(run.out()).contains("$0.000045");
    }
  }

  @Test
  void aBudgetThatRunsOutLeavesTheBestSoFar() {
    CommandRun run = CommandRun.of(
        local("40 + 2 = 42\n#### 42"),
        "solve",
        QUESTION,
        "--strategy",
        "vote",
        "--budget-tokens",
        "5");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("answer  42").contains("the budget ran out");
  }

  @Test
  void anUnknownStrategyIsAnsweredWithTheKnown() {
    CommandRun run = CommandRun.of(local("#### 42"), "solve", QUESTION, "--strategy", "magic");
    assertFails(run, Exit.STRATEGY, "magic");
    assertThat(run.err()).contains(Strategies.names());
  }

  @Test
  void aStrategyThatNeedsARewardModelSaysSo() {
    CommandRun run =
        CommandRun.of(local("#### 42"), "solve", QUESTION, "--strategy", "step-search");
    assertFails(run, Exit.STRATEGY, "step-search");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "\n"})
  void anEmptyQuestionIsNoQuestion(String question) {
    assertFails(CommandRun.of(local("#### 42"), "solve", question), Exit.EMPTY_QUESTION, "empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--budget-tokens=0", "--budget-calls=-1", "--budget-time=0s"})
  void aBudgetOfNothingBuysNothing(String option) {
    assertFails(
        CommandRun.of(local("#### 42"), "solve", QUESTION, option),
        Exit.BAD_BUDGET,
        "buys nothing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--temperature=-1",
        "--top-p=0",
        "--max-tokens=0",
        "--samples=0",
        "--samples=many",
        "--budget-time=soon",
        "--budget-dollars=1",
        "--upstream-model=tiny",
        "--upstream=http://localhost:1/v1",
        "--surprise"
      })
  void anOptionThatMakesNoSenseIsNamed(String option) {
    CommandRun run = CommandRun.of(local("#### 42"), "solve", QUESTION, option);
    assertFails(run, Exit.USAGE, "");
  }

  @Test
  void aModelThatIsNotThereIsNamed() {
    assertFails(
        CommandRun.of(CommandRun.nobody(), "solve", QUESTION, "--model", "/no/such/model"),
        Exit.MODEL,
        "/no/such/model");
  }

  @Test
  void aModelThatIsBrokenIsNamed() throws IOException {
    Files.writeString(home.resolve("config.json"), "{\"model_type\":");
    CommandRun run =
        CommandRun.of(CommandRun.nobody(), "solve", QUESTION, "--model", home.toString());
    assertFails(run, Exit.MODEL, home.toString());
  }

  @Test
  void anEndpointThatIsNotThereIsNamed() {
    assertFails(
        CommandRun.upstream("http://127.0.0.1:1/v1", "solve", QUESTION),
        Exit.UNREACHABLE,
        "127.0.0.1:1");
  }

  @Test
  void aMissingKeyIsAskedFor() {
    try (FakeEndpoint server = FakeEndpoint.start(refuses(401, "You did not provide an API key"))) {
      assertFails(
          CommandRun.upstream(server.url(), "solve", QUESTION),
          Exit.UNAUTHORIZED,
          "OPENAI_API_KEY");
    }
  }

  @Test
  void aPromptThatIsTooLongForTheModelIsNamed() {
    try (FakeEndpoint server =
        FakeEndpoint.start(refuses(400, "This model's maximum context length is 128 tokens"))) {
      assertFails(
          CommandRun.upstream(server.url(), "solve", QUESTION), Exit.PROMPT_TOO_LONG, "128");
    }
  }

  @Test
  void aModelThatIsNotServedIsNamed() {
    try (FakeEndpoint server = FakeEndpoint.start(refuses(404, "model 'tiny' not found"))) {
      assertFails(CommandRun.upstream(server.url(), "solve", QUESTION), Exit.REFUSED, "tiny");
    }
  }

  @Test
  void verboseShowsWhere() {
    CommandRun run =
        CommandRun.of(local("#### 42"), "--verbose", "solve", QUESTION, "--strategy", "magic");
    assertThat(run.code()).isEqualTo(Exit.STRATEGY.code());
    assertThat(run.err()).contains("\tat dev.rowan.cli");
  }

  private static void assertFails(CommandRun run, Exit exit, String words) {
    assertThat(run.err()).startsWith("rowan: ").contains(words).hasLineCount(1);
    assertThat(run.code()).isEqualTo(exit.code());
    assertThat(run.out()).isEmpty();
  }
}
