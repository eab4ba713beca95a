package dev.rowan.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import dev.rowan.verify.math.Comparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The public cases of other graders' test suites. */
@Tag("shared")
final class ConformanceTest {

  private static final Path CASES = Path.of(System.getProperty("rowan.shared", ""), "conformance");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Cases whose expectation is mathematically false, and why; by file and number of the line. */
  private static final Map<String, String> EXCEPTIONS = Map.of();

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String file :
        List.of("mathverify_cases", "lighteval_extractive_cases", "llmonk_compare_cases")) {
      List<String> lines = Files.readAllLines(CASES.resolve(file + ".jsonl"));
      for (int i = 0; i < lines.size(); i++) {
        String name = file + " " + (i + 1);
        JsonNode line = JSON.readTree(lines.get(i));
        if (!EXCEPTIONS.containsKey(name)) {
          tests.add(DynamicTest.dynamicTest(name, () -> check(line)));
        }
      }
    }
    assertThat(tests).hasSizeGreaterThanOrEqualTo(265 - EXCEPTIONS.size());
    return tests.stream();
  }

  private static void check(JsonNode line) {
    if (line.path("kind").asString("").equals("extract")) {
      String letter = line.path("expected").path(1).asString();
      assertThat(ChoiceVerifier.extract(line.path("pred").asString()))
          .map(ExtractedAnswer::text)
          .contains(letter);
      return;
    }
    String gold = line.path("gold").asString("");
    JsonNode config = line.path("extraction_config");
    boolean letters = config.path("match_types").toString().contains("NativeLetters");
    boolean words = line.path("group").asString("").startsWith("llmonk");
    Reference reference = letters ? new Reference.Choice(gold) : new Reference.FinalAnswer(gold);
    Verifier verifier = letters
        ? new ChoiceVerifier()
        : words ? new ExactVerifier() : new MathVerifier(options(config));
    Verdict verdict = verifier.verify(
        Problem.of("p", "?", reference), new Answer(line.path("pred").asString("")));
    JsonNode expected = line.path("expected");
    assertThat(verdict.isCorrect())
        .as(verdict.toString())
        .isEqualTo(expected.isBoolean() ? expected.asBoolean() : expected.asInt() == 1);
  }

  private static Comparison.Options options(JsonNode config) {
    int digits = config.path("float_rounding").asInt(config.path("precision").asInt(6));
    return new Comparison.Options(digits, config.path("strict").asBoolean(true));
  }
}
