package dev.rowan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rowan.tensor.DType;
import dev.rowan.tensor.RandomStream;
import dev.rowan.tensor.Scope;
import dev.rowan.tensor.Tensor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The forward pass: against transformers, on its own terms, and its gradients. */
final class LlamaTest {

  private static final long[] IDS = {5, 17, 3, 39, 0, 22};

  private final Scope scope = Scope.open();

  @AfterEach
  void free() {
    scope.close();
  }

  /** A model in transformers' own files, made by {@code src/test/peers/make_tiny_models.py}. */
  private static ModelFolder tiny(String name) throws URISyntaxException {
    return new ModelFolder(Path.of(
        Objects.requireNonNull(LlamaTest.class.getResource("/tiny/" + name)).toURI()));
  }

  private static ModelFolder tiny() throws URISyntaxException {
    return tiny("llama");
  }

  private static float[] logits(LlamaWeights weights, long[] ids, long rows) {
    try (Scope _ = Scope.open()) {
      Llama llama = new Llama(weights, DType.FLOAT32);
      return llama.logits(llama.hidden(Tensor.of(ids, rows, ids.length / rows))).toFloats();
    }
  }

  private static void assertClose(float[] actual, float[] expected, double tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i]).as("value %d", i).isCloseTo(expected[i], within(tolerance));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama",
        "llama3",
        "llama31",
        "llama-linear",
        "llama-dynamic",
        "llama-yarn",
        "qwen2-alternating",
        "mistral",
        "qwen2",
        "qwen2-window",
        "qwen3"
      })
  void givesTheLogitsOfTransformers(String name, @TempDir Path path)
      throws IOException, URISyntaxException {
    JsonNode expected =
        JsonMapper.shared().readTree(Files.readString(tiny(name).path().resolve("expected.json")));
    long[] ids = expected
        .path("ids")
        .valueStream()
        .flatMap(JsonNode::valueStream)
        .mapToLong(JsonNode::asLong)
        .toArray();
    double[] values = expected
        .path("logits")
        .valueStream()
        .flatMap(JsonNode::valueStream)
        .flatMap(JsonNode::valueStream)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
    float[] logits = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      logits[i] = (float) values[i];
    }
    ModelFolder copy = new ModelFolder(path);
    try (LlamaWeights weights = tiny(name).weights()) {
      assertClose(logits(weights, ids, 2), logits, 1e-4);
      copy.write(weights, Map.of(), DType.FLOAT32);
      try (LlamaWeights again = copy.weights()) {
        assertThat(again.config()).isEqualTo(weights.config());
        assertThat(logits(again, ids, 2)).containsExactly(logits(weights, ids, 2));
      }
    }
  }

  @Test
  void somePositionsHaveTheStatesThatAllHave() throws URISyntaxException {
    long[] rows = {1, 6, 6, 9};
    try (LlamaWeights weights = tiny().weights()) {
      Llama llama = new Llama(weights, DType.FLOAT32);
      Tensor ids = Tensor.of(new long[] {5, 3, 8, 2, 7, 9, 4, 6, 3, 5}, 2, 5);
      Tensor all = llama.hidden(ids);
      Tensor some = llama.hiddenAt(ids, Tensor.of(rows));
      assertThat(some.shape()).containsExactly(rows.length, all.size(-1));
      assertClose(
          some.toFloats(),
          all.reshape(-1, all.size(-1)).indexSelect(0, Tensor.of(rows)).toFloats(),
          1e-6);
    }
  }

  @Test
  void paddingAtTheEndChangesNoEarlierPosition() throws URISyntaxException {
    try (LlamaWeights weights = tiny().weights()) {
      float[] alone = logits(weights, IDS, 1);
      long[] padded = {5, 17, 3, 39, 0, 22, 0, 0, 0, 8, 8, 8, 8, 8, 8, 8, 8, 8};
      float[] together = Arrays.copyOf(logits(weights, padded, 2), alone.length);
      assertClose(together, alone, 1e-5);
    }
  }

  @Test
  void aWrittenFolderHoldsExtraTensorsAndNoTemporaryFiles(@TempDir Path path)
      throws IOException, URISyntaxException {
    ModelFolder copy = new ModelFolder(path.resolve("new/folder"));
    try (LlamaWeights weights = tiny().weights()) {
      copy.write(weights, Map.of("head", Tensor.full(7, 3)), DType.FLOAT32);
      assertThat(Objects.requireNonNull(copy.tensors().get("head")).toFloats())
          .containsExactly(7, 7, 7);
      try (var files = Files.list(copy.path())) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .containsExactlyInAnyOrder("config.json", "model.safetensors");
      }
    }
  }

  @Test
  void weightsKeepTheirHuggingFaceNames() throws URISyntaxException {
    Map<String, Tensor> theirs = tiny().tensors();
    try (LlamaWeights weights = tiny().weights()) {
      Map<String, Tensor> ours = weights.toHuggingFace();
      assertThat(ours.keySet()).containsExactlyInAnyOrderElementsOf(theirs.keySet());
      ours.forEach((name, tensor) -> assertThat(tensor.toFloats())
          .as(name)
          .containsExactly(theirs.getOrDefault(name, tensor.neg()).toFloats()));
      assertThat(weights.count())
          .isEqualTo(ours.values().stream().mapToLong(Tensor::count).sum());
    }
  }

  private static TensorSource from(Map<String, Tensor> tensors) {
    return name -> Optional.ofNullable(tensors.get(name))
        .map(Tensor::copy)
        .orElseThrow(() -> new ModelException("no " + name));
  }

  @Test
  void aCheckpointThatDoesNotFitIsNamed() throws URISyntaxException {
    Map<String, Tensor> tensors = tiny().tensors();
    Tensor norm = Objects.requireNonNull(tensors.remove("model.norm.weight"));
    assertThatThrownBy(
            () -> LlamaWeights.fromHuggingFace(tiny().config(), from(tensors), DType.FLOAT32))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("model.norm.weight");
    tensors.put("model.norm.weight", norm.narrow(0, 0, 15));
    assertThatThrownBy(
            () -> LlamaWeights.fromHuggingFace(tiny().config(), from(tensors), DType.FLOAT32))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("'model.norm.weight' is FLOAT32[15]")
        .hasMessageContaining("[16]");
  }

  @Test
  void copiesHaveMemoryOfTheirOwnAndLeavesShareIt() throws URISyntaxException {
    try (LlamaWeights weights = tiny().weights();
        LlamaWeights half = weights.copy(DType.BFLOAT16);
        LlamaWeights leaves = weights.leaves()) {
      assertThat(half.embed().dtype()).isEqualTo(DType.BFLOAT16);
      assertThat(half.norm().dtype()).isEqualTo(DType.FLOAT32);
      assertClose(logits(half, IDS, 1), logits(weights, IDS, 1), 0.5);
      weights.norm().mulInPlace(0);
      assertThat(leaves.norm().toFloats()).containsOnly(0);
      assertThat(half.norm().toFloats()).doesNotContain(0);
      half.copyFrom(weights);
      assertThat(half.norm().toFloats()).containsOnly(0);
    }
  }

  @Test
  void aSequenceBeyondTheContextIsRefused() throws URISyntaxException {
    try (LlamaWeights weights = tiny().weights()) {
      assertThat(logits(weights, new long[64], 1)).hasSize(64 * 40);
      assertThatThrownBy(() -> logits(weights, new long[65], 1))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("65 tokens")
          .hasMessageContaining("64");
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void gradientsAreSlopes(Family family) {
    LlamaConfig.Variant variant = new LlamaConfig.Variant(
        family, family != Family.QWEN2, new SlidingWindow(2, 1), new RopeScaling.Linear(2));
    LlamaConfig micro = new LlamaConfig(7, 4, 6, 2, 2, 1, 4, 8, 100, 1e-5, List.of(1), 0, variant);
    try (LlamaWeights weights = LlamaWeights.random(micro, new RandomStream(3))) {
      weights
          .parameters()
          .forEach((name, tensor) -> tensor.mulInPlace(name.endsWith("embed") ? 20 : 1));
      weights.parameters().values().forEach(Tensor::requireGrad);
      loss(weights).backward();
      weights.parameters().forEach((name, parameter) -> {
        float[] gradient = parameter.grad().orElseThrow().toFloats();
        Tensor flat = parameter.detach().reshape(-1);
        for (int i = 0; i < gradient.length; i++) {
          double slope = (moved(weights, flat, i, 5e-3) - moved(weights, flat, i, -5e-3)) / 1e-2;
          assertThat((double) gradient[i])
              .as("%s[%d]", name, i)
              .isCloseTo(slope, within(2e-3 * (1 + Math.abs(slope))));
        }
      });
    }
  }

  private static double moved(LlamaWeights weights, Tensor flat, int index, double by) {
    try (Scope _ = Scope.open()) {
      Tensor place = flat.narrow(0, index, 1);
      Tensor before = place.copy();
      place.addInPlace(Tensor.full(by, 1), 1);
      double loss = loss(weights).item();
      place.copyInPlace(before);
      return loss;
    }
  }

  private static Tensor loss(LlamaWeights weights) {
    Llama llama = new Llama(weights, DType.FLOAT32);
    Tensor ids = Tensor.of(new long[] {2, 5, 3, 6, 4, 2}, 2, 3);
    Tensor next = Tensor.of(new long[] {5, 3, 1, 4, 2, 6}, 2, 3, 1);
    return llama.logits(llama.hidden(ids)).logSoftmax().gather(-1, next).mean().neg();
  }
}
