package dev.rowan.policy.openai;

import static dev.rowan.testkit.Behaviours.answers;
import static dev.rowan.testkit.Behaviours.asksToWait;
import static dev.rowan.testkit.Behaviours.cutsAfter;
import static dev.rowan.testkit.Behaviours.delta;
import static dev.rowan.testkit.Behaviours.drops;
import static dev.rowan.testkit.Behaviours.refuses;
import static dev.rowan.testkit.Behaviours.says;
import static dev.rowan.testkit.Behaviours.streams;
import static dev.rowan.testkit.Behaviours.whole;
import static dev.rowan.testkit.Behaviours.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowan.core.Budget;
import dev.rowan.core.Completion;
import dev.rowan.core.Finish;
import dev.rowan.core.PolicyException;
import dev.rowan.core.PolicyException.Reason;
import dev.rowan.core.Prefix;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Sampling;
import dev.rowan.core.Step;
import dev.rowan.core.Token;
import dev.rowan.core.TokenListener;
import dev.rowan.core.Usage;
import dev.rowan.testkit.FakeEndpoint;
import dev.rowan.testkit.FakeEndpoint.Behaviour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RemotePolicyTest {

  private static final String KEY = "sk-very-secret-7";
  private static final Prefix QUESTION =
      Prefix.of(Problem.of("p", "How much is 40 + 2?", new Reference.FinalAnswer("42")));
  private static final Sampling SAMPLING = Sampling.of(100, 7);

  private static Endpoint endpoint(FakeEndpoint server) {
    return Endpoint.of(server.url(), "tiny")
        .withKey(new ApiKey(KEY))
        .withPatience(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofMillis(1));
  }

  private static Completion complete(Endpoint endpoint, Sampling sampling)
      throws InterruptedException {
    try (RemotePolicy policy = new RemotePolicy(endpoint)) {
      return policy.complete(QUESTION, sampling, Budget.unlimited(), TokenListener.NONE);
    }
  }

  private static JsonNode sent(FakeEndpoint server) {
    return JsonMapper.shared().readTree(server.bodies().getLast());
  }

  @Test
  void aStreamedAnswerIsHeardPieceByPieceAndPaidAsReported() throws InterruptedException {
    try (FakeEndpoint server = FakeEndpoint.start(says("40 + 2", " = 42\n", "#### 42"));
        RemotePolicy policy = new RemotePolicy(endpoint(server).withPrice(Price.ofDollars(2, 8)))) {
      Budget budget = Budget.unlimited();
      List<Token> heard = new ArrayList<>();
      Completion answer = policy.complete(QUESTION, SAMPLING, budget, heard::add);
      assertThat(answer.text()).isEqualTo("40 + 2 = 42\n#### 42");
      assertThat(answer.tokens()).isEqualTo(heard).hasSize(3);
      assertThat(answer.finish()).isEqualTo(Finish.END);
      assertThat(answer.usage()).isEqualTo(new Usage(1, 10, 3, 44));
      assertThat(budget.spent()).isEqualTo(answer.usage());
      assertThat(server.authorizations()).containsExactly("Bearer " + KEY);
    }
  }

  @Test
  void onlyWhatIsSetIsSent() throws InterruptedException {
    try (FakeEndpoint server = FakeEndpoint.start(says("x"))) {
      complete(endpoint(server), SAMPLING);
      assertThat(sent(server).propertyNames())
          .containsExactlyInAnyOrder(
              "model", "messages", "temperature", "seed", "max_tokens", "stream", "stream_options");
      complete(
          endpoint(server).withLogProbs(true), new Sampling(0.5, 20, 0.9, 9, List.of("\n"), -3));
      JsonNode body = sent(server);
      assertThat(body.path("temperature").asDouble()).isEqualTo(0.5);
      assertThat(body.path("top_k").asInt()).isEqualTo(20);
      assertThat(body.path("top_p").asDouble()).isEqualTo(0.9);
      assertThat(body.path("max_tokens").asInt()).isEqualTo(9);
      assertThat(body.path("stop").path(0).asString()).isEqualTo("\n");
      assertThat(body.path("seed").asLong()).isNotNegative();
      assertThat(body.path("logprobs").asBoolean()).isTrue();
    }
  }

  @Test
  void theStepsSoFarAreAMessageOfTheAssistant() throws InterruptedException {
    try (FakeEndpoint server = FakeEndpoint.start(says("= 42"));
        RemotePolicy policy = new RemotePolicy(endpoint(server))) {
      Prefix later = QUESTION.plus(new Step("40 + 2 ", List.of()));
      policy.complete(later, SAMPLING, Budget.unlimited(), TokenListener.NONE);
      JsonNode body = sent(server);
      assertThat(body.path("messages").path(1).path("role").asString()).isEqualTo("assistant");
      assertThat(body.path("messages").path(1).path("content").asString()).isEqualTo("40 + 2 ");
      assertThat(body.path("continue_final_message").asBoolean()).isTrue();
      assertThat(body.path("add_generation_prompt").asBoolean(true)).isFalse();
    }
  }

  @Test
  void logProbabilitiesGiveSingleTokens() throws InterruptedException {
    String chunk = "{\"choices\":[{\"delta\":{\"content\":\"4+2\"},\"logprobs\":{\"content\":["
        + "{\"token\":\"4\",\"logprob\":-0.5},{\"token\":\"+2\",\"logprob\":-0.25}]}}]}";
    String finish = "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}";
    try (FakeEndpoint server = FakeEndpoint.start(streams(chunk, finish))) {
      Completion answer = complete(endpoint(server).withLogProbs(true), SAMPLING);
      assertThat(answer.tokens())
          .containsExactly(
              new Token(Token.UNKNOWN_ID, "4", -0.5), new Token(Token.UNKNOWN_ID, "+2", -0.25));
      assertThat(answer.usage().completionTokens())
          .as("counted, as nothing was reported")
          .isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"stop,END", "length,LENGTH"})
  void finishReasonsAreTranslated(String reason, Finish finish) throws InterruptedException {
    try (FakeEndpoint server = FakeEndpoint.start(streams(whole(reason, "a")))) {
      assertThat(complete(endpoint(server), SAMPLING).finish()).isEqualTo(finish);
    }
  }

  @Test
  void aMetStopStringIsPutBack() throws InterruptedException {
    String finish =
        "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\",\"stop_reason\":\"\\n\"}]}";
    try (FakeEndpoint server = FakeEndpoint.start(streams(delta("2+2=4"), finish, "[DONE]"))) {
      Completion answer = complete(endpoint(server), SAMPLING.byLine());
      assertThat(answer.text()).isEqualTo("2+2=4\n");
      assertThat(answer.finish()).isEqualTo(Finish.STOP);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503, 504})
  void failuresThatPassAreTriedAgain(int status) throws InterruptedException {
    Behaviour failure = refuses(status, "not now");
    try (FakeEndpoint server = FakeEndpoint.start(failure, drops(), failure, failure, says("42"))) {
      Completion answer = complete(endpoint(server), SAMPLING);
      assertThat(answer.text()).isEqualTo("42");
      assertThat(answer.usage()).as("failed tries cost nothing").isEqualTo(new Usage(1, 10, 1, 0));
      assertThat(server.bodies()).hasSize(5);
    }
  }

  @Test
  void fiveTriesAreEnough() {
    try (FakeEndpoint server = FakeEndpoint.start(refuses(503, "overloaded"))) {
      assertThatThrownBy(() -> complete(endpoint(server), SAMPLING))
          .isInstanceOfSatisfying(
              PolicyException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE))
          .hasMessageContaining("503")
          .hasMessageContaining("overloaded");
      assertThat(server.bodies()).hasSize(5);
    }
  }

  @Test
  void aWaitThatIsAskedForIsKept() throws InterruptedException {
    try (FakeEndpoint server = FakeEndpoint.start(asksToWait("1"), says("42"))) {
      Endpoint endpoint = endpoint(server);
      long start = System.nanoTime();
      assertThat(complete(endpoint, SAMPLING).text()).isEqualTo("42");
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }
  }

  @Test
  void nobodyWaitsForAnHour() {
    try (FakeEndpoint server = FakeEndpoint.start(asksToWait("3600"))) {
      assertThatThrownBy(() -> complete(endpoint(server), SAMPLING))
          .isInstanceOf(PolicyException.class)
          .hasMessageContaining("3600 s");
      assertThat(server.bodies()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "401,Incorrect API key,UNAUTHORIZED",
    "403,Not for you,UNAUTHORIZED",
    "404,The model tiny does not exist,REFUSED",
    "400,temperature is too high,REFUSED",
    "400,This model's maximum context length is 128 tokens,PROMPT_TOO_LONG",
    "413,Too large,REFUSED"
  })
  void refusalsAreFinalAndRepeatTheEndpointsWords(int status, String message, Reason reason) {
    try (FakeEndpoint server = FakeEndpoint.start(refuses(status, message))) {
      assertThatThrownBy(() -> complete(endpoint(server), SAMPLING))
          .isInstanceOfSatisfying(
              PolicyException.class, e -> assertThat(e.reason()).isEqualTo(reason))
          .hasMessageContaining(message)
          .hasMessageContaining("tiny");
      assertThat(server.bodies()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"logprobs", "stream_options", "seed"})
  void aRefusedParameterIsLeftOutFromThenOn(String parameter) throws InterruptedException {
    try (FakeEndpoint server = FakeEndpoint.start(without(parameter, says("42")));
        RemotePolicy policy = new RemotePolicy(endpoint(server).withLogProbs(true))) {
      for (int i = 0; i < 2; i++) {
        assertThat(policy
                .complete(QUESTION, SAMPLING, Budget.unlimited(), TokenListener.NONE)
                .text())
            .isEqualTo("42");
      }
      assertThat(server.bodies()).hasSize(3);
      assertThat(server.bodies().subList(1, 3)).noneMatch(body -> body.contains(parameter));
    }
  }

  @Test
  void severalRefusedParametersAreLeftOutOneAfterTheOther() throws InterruptedException {
    Behaviour picky =
        without("seed", without("continue_final_message", without("logprobs", says("42"))));
    try (FakeEndpoint server = FakeEndpoint.start(picky);
        RemotePolicy policy = new RemotePolicy(endpoint(server).withLogProbs(true))) {
      Prefix later = QUESTION.plus(new Step("40 + 2 ", List.of()));
      assertThat(policy
              .complete(later, SAMPLING, Budget.unlimited(), TokenListener.NONE)
              .text())
          .isEqualTo("42");
    }
  }

  @Test
  void newerModelsAreAskedForCompletionTokens() throws InterruptedException {
    Behaviour refusal = refuses(
        400,
        "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.",
        "\"max_tokens\"");
    try (FakeEndpoint server = FakeEndpoint.start(refusal, says("42"))) {
      assertThat(complete(endpoint(server), SAMPLING).text()).isEqualTo("42");
      assertThat(sent(server).path("max_completion_tokens").asInt()).isEqualTo(100);
      assertThat(sent(server).has("max_tokens")).isFalse();
    }
  }

  @Test
  void aCutAnswerStartsOverAndItsCostIsBooked() throws InterruptedException {
    Behaviour cut = cutsAfter(delta("4"), delta("0"));
    try (FakeEndpoint server = FakeEndpoint.start(cut, says("42"));
        RemotePolicy policy = new RemotePolicy(endpoint(server))) {
      Transcript transcript = new Transcript();
      Budget budget = Budget.unlimited();
      Completion answer = policy.complete(QUESTION, SAMPLING, budget, transcript);
      assertThat(answer.text()).isEqualTo("42");
      assertThat(transcript.text).hasToString("40<restart>42");
      assertThat(answer.usage().calls()).isEqualTo(2);
      assertThat(answer.usage().completionTokens()).isEqualTo(3);
      assertThat(budget.spent()).isEqualTo(answer.usage());
    }
  }

  @Test
  void anAnswerThatIsAlwaysCutIsNoAnswer() {
    Behaviour[] cuts = {
      cutsAfter(delta("4")),
      streams(delta("4")),
      streams(delta("4"), "[DONE]"),
      streams(delta("4"), "{\"error\":{\"message\":\"engine died\"}}"),
      streams(delta("4"), "{\"choices\":[{\"del")
    };
    for (Behaviour cut : cuts) {
      try (FakeEndpoint server = FakeEndpoint.start(cut)) {
        assertThatThrownBy(() -> complete(endpoint(server), SAMPLING))
            .isInstanceOf(PolicyException.class);
        assertThat(server.bodies()).hasSize(5);
      }
    }
  }

  @Test
  void aConnectionLostAfterTheFinishLosesNothing() throws InterruptedException {
    String finish = "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}";
    try (FakeEndpoint server = FakeEndpoint.start(cutsAfter(delta("42"), finish))) {
      assertThat(complete(endpoint(server), SAMPLING).text()).isEqualTo("42");
      assertThat(server.bodies()).hasSize(1);
    }
  }

  @Test
  void whatIsNoStreamIsNoAnswer() {
    try (FakeEndpoint server = FakeEndpoint.start(answers("text/html", "<h1>Welcome</h1>"))) {
      assertThatThrownBy(() -> complete(endpoint(server), SAMPLING))
          .isInstanceOf(PolicyException.class)
          .hasMessageContaining("text/html")
          .hasMessageContaining("Welcome");
    }
  }

  @Test
  void anEndpointThatIsNotThereIsUnreachable() {
    Endpoint nobody = Endpoint.of("http://127.0.0.1:1/v1", "tiny")
        .withPatience(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(1));
    assertThatThrownBy(() -> complete(nobody, SAMPLING))
        .isInstanceOfSatisfying(
            PolicyException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE))
        .hasMessageContaining("http://127.0.0.1:1/v1");
  }

  @Test
  void theKeyIsShownToNobody() {
    try (FakeEndpoint server =
            FakeEndpoint.start(refuses(401, "Incorrect API key provided: " + KEY));
        RemotePolicy policy = new RemotePolicy(endpoint(server))) {
      assertThatThrownBy(
              () -> policy.complete(QUESTION, SAMPLING, Budget.unlimited(), TokenListener.NONE))
          .hasMessageContaining("***")
          .hasMessageNotContaining(KEY);
      assertThat(policy.toString() + endpoint(server)).doesNotContain(KEY);
      assertThatThrownBy(() -> new ApiKey(KEY + "\nX: 1")).hasMessageNotContaining(KEY);
    }
  }

  /** Writes down what it hears. */
  private static final class Transcript implements TokenListener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public void onToken(Token token) {
      text.append(token.text());
    }

    @Override
    public void onRestart() {
      text.append("<restart>");
    }
  }
}
