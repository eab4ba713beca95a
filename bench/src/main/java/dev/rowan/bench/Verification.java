package dev.rowan.bench;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verifier;
import dev.rowan.verify.MathVerifier;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How long it takes to compare an answer with a reference, one at a time, in CPU time of the one thread. */
final class Verification {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int WARM_UP_ROUNDS = 60;
  private static final int ROUNDS = 5;

  private Verification() {}

  /** {@code args}: files of cases, each line with {@code gold} and {@code pred}. */
  public static void main(String[] args) throws IOException {
    List<JsonNode> cases = cases(args);
    Verifier verifier = new MathVerifier();
    for (int round = 0; round < WARM_UP_ROUNDS; round++) {
      cases.forEach(each -> millis(verifier, each));
    }
    List<Double> times = new ArrayList<>();
    for (JsonNode each : cases) {
      List<Double> rounds = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        rounds.add(millis(verifier, each));
      }
      times.add(rounds.stream().sorted().toList().get(ROUNDS / 2));
    }
    List<Double> sorted = times.stream().sorted().toList();
    System.out.printf(
        Locale.ROOT,
        "{\"cases\": %d, \"median_ms\": %.4f, \"p95_ms\": %.4f, \"max_ms\": %.4f}%n",
        sorted.size(),
        sorted.get(sorted.size() / 2),
        sorted.get(sorted.size() * 95 / 100),
        sorted.getLast());
  }

  /** Those that compare formulas; the peer reads the same. */
  private static List<JsonNode> cases(String[] files) throws IOException {
    JsonMapper json = JsonMapper.builder().build();
    List<JsonNode> cases = new ArrayList<>();
    for (String file : files) {
      for (String line : Files.readAllLines(Path.of(file))) {
        JsonNode each = json.readTree(line);
        boolean letters =
            each.path("extraction_config").path("match_types").toString().contains("Letters");
        if (each.path("gold").isString() && !letters) {
          cases.add(each);
        }
      }
    }
    return cases;
  }

  private static double millis(Verifier verifier, JsonNode each) {
    Problem problem =
        Problem.of("case", "?", new Reference.FinalAnswer(each.path("gold").asString()));
    Answer answer = new Answer(each.path("pred").asString());
    long start = THREADS.getCurrentThreadCpuTime();
    verifier.verify(problem, answer);
    return (THREADS.getCurrentThreadCpuTime() - start) / 1e6;
  }
}
