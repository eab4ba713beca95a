package dev.rowan.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

  private CommandRun judged(String reply, String answer, String... more) throws IOException {
    Files.writeString(model.resolve("config.json"), "{}");
    Policy policy = (prefix, sampling, budget, listener) ->
        new Completion(List.of(new Token(Token.UNKNOWN_ID, reply, 0)), Finish.END, Usage.ZERO);
    Policies policies = new Policies(
        (folder, type) -> new OpenPolicy("judge", policy, Optional.empty(), each -> each, () -> {}),
        name -> Optional.empty(),
        model);
    List<String> args = new ArrayList<>(List.of("verify", "--model", model.toString()));
    args.addAll(List.of("--kind", "judge", "--column", "rubric=It is a haiku."));
    args.addAll(List.of("--column", "problem=Write a haiku.", "--answer", answer));
    args.addAll(List.of(more));
    return CommandRun.of(policies, args.toArray(String[]::new));
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
