package dev.rowan.cli;

import static dev.rowan.testkit.Behaviours.refuses;
import static dev.rowan.testkit.Behaviours.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.testkit.FakeEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several models that judge, behind endpoints that say what their name says. */
@Timeout(60)
final class ChorusTest {

  /** As many as are asked at once unless {@code --concurrency} says otherwise. */
  private static final int MANY = 16;

  @TempDir
  private Path dir;

  private final FakeEndpoint server = FakeEndpoint.start((exchange, body) -> {
    String model = body.replaceFirst(".*\"model\":\"([a-z:]+)\".*", "$1");
    (switch (model) {
          case "down" -> refuses(400, "no such model");
          case "mumbling" -> says("Well.");
          default -> says("Because.\nVERDICT: ", model.toUpperCase(Locale.ROOT));
        })
        .answer(exchange, body);
  });

  @AfterEach
  void stop() {
    server.close();
  }

  private CommandRun run(String... args) {
    return CommandRun.of(CommandRun.nobody(), args);
  }

  private CommandRun judged(String judges, String... more) {
    List<String> args = new ArrayList<>(List.of("verify", "--kind", "judge", "--answer", "Red"));
    args.addAll(List.of("--column", "rubric=A colour.", "--column", "problem=Which?"));
    args.addAll(List.of("--upstream", server.url()));
    for (String judge : judges.split(" ", -1)) {
      args.addAll(List.of("--judge", judge));
    }
    args.addAll(List.of(more));
    return run(args.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "pass pass fail, majority, 0",
    "pass fail, majority, 2",
    "pass fail=2, majority, 1",
    "pass=3 fail=2, majority, 0",
    "pass=3 fail=2, 0.66, 2",
    "pass=4 fail=2, 0.66, 0",
    "pass unsure=5, majority, 2",
    "pass=5 unsure, majority, 0",
    "pass down mumbling=0.5, 0.66, 2",
    "pass=2 down, majority, 0",
    "pass pass, unanimity, 0",
    "pass fail, unanimity, 2",
    "fail fail unsure, unanimity, 2"
  })
  void votesAreWeighed(String judges, String quorum, int code) {
    CommandRun run = judged(judges, "--quorum", quorum);
    assertThat(run.code()).as(run.out() + run.err()).isEqualTo(code);
  }

  @Test
  void whatIsMissingForAVerdictIsSaid() {
    assertThat(judged("pass=1.5 fail down", "--quorum", "0.9").out())
        .contains("no agreement: 1.5 for, 1 against, 1 without a vote")
        .contains("2 calls");
    assertThat(judged("down").out()).contains("no such model").doesNotContain("no agreement");
  }

  @Test
  void eachJudgeMayHaveAnEndpointOfItsOwn() {
    try (FakeEndpoint other = FakeEndpoint.start(says("VERDICT: FAIL"))) {
      CommandRun run = judged("pass fail:8b@" + other.url() + "=2");
      assertThat(run.code()).as(run.out() + run.err()).isEqualTo(1);
      assertThat(other.bodies()).hasSize(1);
      assertThat(other.bodies().getFirst()).contains("\"fail:8b\"");
      assertThat(server.bodies()).hasSize(1);
    }
  }

  @Test
  void aPreferenceIsAVoteToo() {
    CommandRun run = run(
        "verify",
        "--kind",
        "preference",
        "--column",
        "problem=Which?",
        "--answer",
        "Red",
        "--column",
        "other=Blue",
        "--upstream",
        server.url(),
        "--judge",
        "a",
        "--judge",
        "tie");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).contains("the order makes the difference").contains("4 calls");
  }

  @Test
  void aSystemMessageReachesTheJudgesAndElseThereIsNone() {
    judged("pass", "--system", "Be strict.");
    judged("pass");
    assertThat(server.bodies().getFirst()).contains("Be strict.");
    assertThat(server.bodies().getLast()).doesNotContain("system");
  }

  @Test
  void manyAnswersAreJudgedAtOnce() throws IOException {
    String line = "{\"kind\":\"judge\",\"rubric\":\"r\",\"problem\":\"p\",\"answer\":\"a\"}\n";
    Path file = Files.writeString(dir.resolve("answers.jsonl"), line.repeat(MANY));
    CountDownLatch together = new CountDownLatch(MANY);
    try (FakeEndpoint patient = FakeEndpoint.start((exchange, body) -> {
      together.countDown();
      try {
        says(together.await(30, TimeUnit.SECONDS) ? "VERDICT: PASS" : "alone")
            .answer(exchange, body);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    })) {
      CommandRun run = run("verify", file.toString(), "--judge", "any@" + patient.url());
      assertThat(run.err()).contains(MANY + " correct", MANY + " calls");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "pass=0, --judges, 1, 'pass=0'",
    "=2, --judges, 1, '=2'",
    "pass, --upstream-model, fail, --judge",
    "pass, --judges, 0, --judges is 0",
    "pass, --quorum, most, most"
  })
  void whatMakesNoSenseIsNamed(String judge, String option, String value, String named) {
    CommandRun run = judged(judge, option, value);
    assertThat(run.code()).isEqualTo(Exit.USAGE.code());
    assertThat(run.err()).contains(named).hasLineCount(1);
    assertThat(server.bodies()).isEmpty();
  }

  @Test
  void withoutAJudgeNothingIsJudged() {
    CommandRun run = run("verify", "--kind", "judge", "--column", "problem=p", "--answer", "a");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).contains("nobody judges: give --upstream");
  }

  @Test
  void theSameSeatIsReadInAllItsParts() {
    assertThat(new Seat.Converter().convert("a/b@c:8b@https://x.y:1/v1=0.5"))
        .isEqualTo(new Seat("a/b@c:8b", Optional.of("https://x.y:1/v1"), 0.5));
    assertThat(new Seat.Converter().convert("m@http://x/?v=b2"))
        .isEqualTo(new Seat("m", Optional.of("http://x/?v=b2"), 1));
  }

  @Test
  void aReportIsPrintedEvenIfTheComparisonsFail() throws IOException {
    Path file = Files.writeString(dir.resolve("labelled.jsonl"), """
        {"problem": "p", "answer": "Red berries", "label": true}
        {"problem": "p", "answer": "Blue berries", "label": false}
        """);
    CommandRun run = run(
        "judge",
        "calibrate",
        file.toString(),
        "--swaps",
        "--upstream",
        server.url(),
        "--judge",
        "pass",
        "--budget-calls",
        "6");
    assertThat(run.code()).isEqualTo(Exit.BUDGET_SPENT.code());
    assertThat(run.out())
        .contains("agreement         0.500", "swap consistency  not known", "cost");
    assertThat(run.err().lines().filter(each -> each.startsWith("rowan:"))).hasSize(1);
  }
}
