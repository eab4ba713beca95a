package dev.rowan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.data.nano.Grove;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What is in {@code models/} does what its card says, through the commands that a user would give. */
class ShippedModelTest {

  /** Percent: far above a lucky guess among the values 1 to 99, and far below what the model reaches. */
  private static final double WELL_ABOVE_CHANCE = 50;

  private static final Pattern ACCURACY = Pattern.compile("(?m)^accuracy +([0-9.]+)");

  @TempDir
  private Path dir;

  @Test
  void itSolvesProblemsOfTwoStepsThatItNeverSaw() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Problem problem : Grove.plain().heldOut(2, 40, 5)) {
      lines.add(JsonMapper.shared()
          .writeValueAsString(new Line(problem.id(), problem.question(), answer(problem))));
    }
    Path problems = Files.write(dir.resolve("problems.jsonl"), lines);
    CommandRun run = CommandRun.of(
        Policies.ofThisMachine(),
        "eval",
        "--problems",
        problems.toString(),
        "--out",
        dir.resolve("samples.jsonl").toString());
    assertThat(run.code()).as(run.err()).isZero();
    Matcher accuracy = ACCURACY.matcher(run.out());
    assertThat(accuracy.find()).as(run.out()).isTrue();
    assertThat(Double.parseDouble(accuracy.group(1))).isGreaterThan(WELL_ABOVE_CHANCE);
  }

  private record Line(String id, String question, String answer) {}

  private static String answer(Problem problem) {
    return switch (problem.reference()) {
      case Reference.FinalAnswer(var value) -> value;
      default -> throw new AssertionError("a grove problem has a final answer");
    };
  }

  @Test
  void aVoteOfItsSamplesAnswersAndShowsItsLines() {
    CommandRun run = CommandRun.of(
        Policies.ofThisMachine(),
        "solve",
        "Sam has 32 nuts. Ivy has 7 fewer than Sam. How many nuts does Ivy have?",
        "--strategy",
        "vote",
        "--samples",
        "16");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("Ivy has 7 fewer than Sam: 32-7=25").contains("answer  25");
  }
}
