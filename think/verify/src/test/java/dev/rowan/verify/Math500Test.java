package dev.rowan.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The 500 gold answers of MATH-500: each is itself however it is written, and nothing else is. */
@Tag("shared")
final class Math500Test {

  /** Mutants that mean the same as the gold answer. */
  private static final Set<String> SAME = Set.of(
      "0 -> -0", // zero has no sign
      "\\text{(B)} -> \\text{[B]}", // brackets around a choice
      "\\text{(C)} -> \\text{[C]}",
      "\\text{(E)} -> \\text{[E]}",
      "y = -2x -> -2x"); // what is dropped is the name of the value

  private final MathVerifier verifier = new MathVerifier();

  private static List<String> golds() throws IOException {
    JsonMapper json = JsonMapper.builder().build();
    return Files.readAllLines(
            Path.of(System.getProperty("rowan.shared", ""), "data/math500/test500.jsonl"))
        .stream()
        .map(line -> json.readTree(line).path("answer").asString())
        .toList();
  }

  private Verdict verify(String gold, String answer) {
    return verifier.verify(
        Problem.of("p", "?", new Reference.FinalAnswer(gold)), new Answer(answer));
  }

  @Test
  void noMutantIsAccepted() throws IOException {
    List<String> accepted = new ArrayList<>();
    int mutants = 0;
    for (String gold : golds()) {
      for (String mutant : Mutants.of(gold)) {
        mutants++;
        if (verify(gold, "\\boxed{" + mutant + "}").isCorrect()) {
          accepted.add(gold + " -> " + mutant);
        }
      }
    }
    assertThat(mutants).isGreaterThanOrEqualTo(5_000);
    assertThat(accepted).isSubsetOf(SAME);
  }

  @Test
  void everyGoldIsItselfHoweverItIsWritten() throws IOException {
    List<String> golds = golds();
    List<String> missed = new ArrayList<>();
    for (String gold : golds) {
      boolean all =
          Rewrites.of(gold).stream().allMatch(text -> verify(gold, text).isCorrect());
      if (!all) {
        missed.add(gold);
      }
    }
    assertThat(golds).hasSize(500);
    assertThat(missed).hasSizeLessThanOrEqualTo(5); // 99 %
  }
}
