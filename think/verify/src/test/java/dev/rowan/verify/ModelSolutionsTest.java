package dev.rowan.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The solutions by four models that come with GSM8K, with the labels that its authors gave them. */
@Tag("shared")
final class ModelSolutionsTest {

  private static final List<String> MODELS =
      List.of("6b_finetuning", "6b_verification", "175b_finetuning", "175b_verification");

  @Test
  void solutionsGetTheirAuthorsLabels() throws IOException {
    Path file =
        Path.of(System.getProperty("rowan.shared", ""), "data/gsm8k/example_model_solutions.jsonl");
    JsonMapper json = JsonMapper.builder().build();
    MathVerifier verifier = new MathVerifier();
    List<String> wrong = new ArrayList<>();
    int solutions = 0;
    for (String text : Files.readAllLines(file)) {
      JsonNode line = json.readTree(text);
      String truth = line.path("ground_truth").asString();
      Problem problem = Problem.of(
          "p",
          "?",
          new Reference.FinalAnswer(truth.substring(truth.lastIndexOf("A:") + 2).strip()));
      for (String model : MODELS) {
        JsonNode solution = line.path(model);
        boolean correct = verifier
            .verify(problem, new Answer(solution.path("solution").asString()))
            .isCorrect();
        solutions++;
        if (correct != solution.path("is_correct").asBoolean()) {
          wrong.add(model + ": " + line.path("question").asString());
        }
      }
    }
    assertThat(solutions).isGreaterThan(5_000);
    assertThat(wrong).isEmpty();
  }
}
