package dev.rowan.verify.lean;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
import dev.rowan.verify.sandbox.Bubblewrap;
import dev.rowan.verify.sandbox.SandboxMissingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A file of labelled proofs: honest ones, wrong ones, and ways to cheat a judge; all by the same warm processes. */
@Tag("shared")
final class LeanCasesTest {

  private static List<JsonNode> cases() throws IOException {
    JsonMapper json = JsonMapper.builder().build();
    return Files.readAllLines(Path.of(System.getProperty("rowan.shared", ""), "lean/cases.jsonl"))
        .stream()
        .map(json::readTree)
        .toList();
  }

  @Test
  void everyCaseGetsItsLabel() throws IOException, SandboxMissingException {
    WasmLean lean = new WasmLean(
        LeanInstall.folder(name -> Optional.ofNullable(System.getenv(name))), Bubblewrap.open());
    List<String> wrong = new ArrayList<>();
    try (LeanVerifier verifier = new LeanVerifier(lean, 1, Duration.ofMinutes(1), false)) {
      for (JsonNode each : cases()) {
        Verdict verdict = verdict(verifier, each);
        if (!word(verdict).equals(each.path("expected").asString())) {
          wrong.add(each.path("why").asString() + ": " + verdict);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static Verdict verdict(LeanVerifier verifier, JsonNode line) {
    Reference.Theorem theorem = new Reference.Theorem(
        line.path("name").asString(), line.path("statement").asString());
    return verifier.verify(
        Problem.of("p", "Prove it.", theorem), new Answer(line.path("proof").asString()));
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Correct _ -> "correct";
      case Verdict.Incorrect _ -> "incorrect";
      case Verdict.Unverifiable _ -> "unverifiable";
    };
  }
}
