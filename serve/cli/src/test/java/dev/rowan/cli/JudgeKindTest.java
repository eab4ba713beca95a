package dev.rowan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.core.Budget;
import dev.rowan.core.Completion;
import dev.rowan.core.Finish;
import dev.rowan.core.Policy;
import dev.rowan.core.Token;
import dev.rowan.core.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JudgeKindTest {

  @TempDir
  private Path model;

  private CommandRun run(String reply, String... args) throws IOException {
    Files.writeString(model.resolve("config.json"), "{}");
    Policy policy = (prefix, sampling, budget, listener) -> {
      try (Budget.Charge charge = budget.charge(10, 0)) {
        charge.settle(new Usage(1, 5, 10, 0));
      }
      return new Completion(List.of(new Token(Token.UNKNOWN_ID, reply, 0)), Finish.END, Usage.ZERO);
    };
    Policies policies = new Policies(
        (folder, type) -> new OpenPolicy("judge", policy, Optional.empty(), each -> each, () -> {}),
        name -> Optional.empty(),
        model);
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--model", model.toString()));
    return CommandRun.of(policies, all.toArray(String[]::new));
  }

  private CommandRun judged(String reply, String answer, String... more) throws IOException {
    List<String> args = new ArrayList<>(List.of("verify"));
    args.addAll(List.of("--kind", "judge", "--column", "rubric=It is a haiku."));
    args.addAll(List.of("--column", "problem=Write a haiku.", "--answer", answer));
    args.addAll(List.of(more));
    return run(reply, args.toArray(String[]::new));
  }

  @Test
  void theCostIsSaidAndTheBudgetKept() throws IOException {
    assertThat(judged("VERDICT: PASS", "Red berries", "--judges", "2").out())
        .contains("2 calls, 10 tokens read, 20 written");
    CommandRun spent =
        judged("VERDICT: PASS", "Red berries", "--judges", "2", "--budget-tokens", "10");
    assertThat(spent.code()).isEqualTo(2);
    assertThat(spent.out()).contains("1 calls");
  }

  @Test
  void aPreferenceMustSurviveTheSwap() throws IOException {
    CommandRun run = run(
        "VERDICT: A",
        "verify",
        "--kind",
        "preference",
        "--column",
        "problem=Write a haiku.",
        "--column",
        "other=Blue berries",
        "--answer",
        "Red berries");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).contains("order makes the difference");
  }

  @Test
  void aJudgeIsComparedWithLabels() throws IOException {
    Path file = Files.writeString(model.resolve("labelled.jsonl"), """
        {"problem": "p", "answer": "Red berries", "label": true}
        {"problem": "p", "answer": "Blue berries", "label": false}
        """);
    CommandRun run = run("VERDICT: PASS", "judge", "calibrate", file.toString(), "--swaps");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("agreement         0.500").contains("8 calls");
    Path bad = Files.writeString(model.resolve("bad.jsonl"), "{\"problem\": \"p\"}");
    CommandRun refused = run("VERDICT: PASS", "judge", "calibrate", bad.toString());
    assertThat(refused.code()).isEqualTo(Exit.PROBLEMS.code());
    assertThat(refused.err()).contains("line 1").hasLineCount(1);
  }

  @Test
  void theJudgesVerdictIsTheExitCode() throws IOException {
    assertThat(judged("Fine.\nVERDICT: PASS", "Red berries").code()).isZero();
    CommandRun failed = judged("Two lines.\nVERDICT: FAIL", "Red berries", "--judges", "3");
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.out()).contains("Two lines.");
    assertThat(judged("I cannot say.", "Red berries").code()).isEqualTo(2);
  }

  @Test
  void anAnswerThatSaysNothingIsWrong() throws IOException {
    CommandRun run = judged("VERDICT: PASS", "Thought process:");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("says nothing");
  }

  @Test
  void aQuorumThatIsNoneIsNamed() throws IOException {
    CommandRun run = judged("VERDICT: PASS", "Red berries", "--quorum", "most");
    assertThat(run.code()).isEqualTo(Exit.USAGE.code());
    assertThat(run.err()).contains("most").hasLineCount(1);
  }
}
