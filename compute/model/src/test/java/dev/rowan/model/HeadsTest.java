package dev.rowan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rowan.tensor.DType;
import dev.rowan.tensor.RandomStream;
import dev.rowan.tensor.Scope;
import dev.rowan.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HeadsTest {

  private static final int D = 8;

  private final Scope scope = Scope.open();
  private final RandomStream random = new RandomStream(3);
  private final LlamaWeights weights = LlamaWeights.random(config(D), random);
  private final Tensor before = random.normal(1, 3, D);
  private final Tensor at = random.normal(1, 3, D);
  private final Tensor ids = Tensor.of(new long[] {4, 0, 9});
  private final Tensor logProbs = Tensor.of(new float[] {-0.5f, -3, -0.01f});

  @TempDir
  private Path folder;

  @AfterEach
  void free() {
    weights.close();
    scope.close();
  }

  @Test
  void anUntrainedTokenHeadIsTheLogProbabilityPlusTwo() {
    try (TokenHead head = TokenHead.initial(weights)) {
      float[] scores = head.scores(before, at, ids, logProbs).toFloats();
      assertThat(scores).containsExactly(new float[] {1.5f, -1, 1.99f}, within(1e-6f));
    }
  }

  @Test
  void tokenHeadFollowsItsFormula() {
    Map<String, Tensor> tensors = tokenHead(D);
    try (TokenHead head = TokenHead.read(tensors, weights)) {
      float[] scores = head.scores(before, at, ids, logProbs).toFloats();
      for (int i = 0; i < scores.length; i++) {
        assertThat((double) scores[i]).isCloseTo(score(tensors, i), within(1e-5));
      }
    }
  }

  @Test
  void headsAreSavedBesideTheModel() throws IOException {
    ModelFolder model = new ModelFolder(folder);
    try (TokenHead head = TokenHead.read(tokenHead(D), weights);
        ValueHead value = ValueHead.of(at.narrow(0, 0, 1).toFloats(), 0.25f)) {
      Map<String, Tensor> extra = new LinkedHashMap<>(head.parameters());
      extra.putAll(value.parameters());
      model.write(weights, extra, DType.FLOAT32);

      try (LlamaWeights again = model.weights();
          TokenHead headAgain = TokenHead.read(model.tensors(), again);
          ValueHead valueAgain = ValueHead.read(model.tensors(), model.config())) {
        assertThat(headAgain.scores(before, at, ids, logProbs).toFloats())
            .isEqualTo(head.scores(before, at, ids, logProbs).toFloats());
        assertThat(valueAgain.values(at).toFloats()).isEqualTo(value.values(at).toFloats());
      }
    }
  }

  @Test
  void leavesShareMemoryAndGatherGradients() {
    try (TokenHead head = TokenHead.initial(weights);
        LlamaWeights weightLeaves = weights.leaves();
        TokenHead leaves = head.leaves(weightLeaves)) {
      Tensor b = HeadTensors.get(leaves.parameters(), "score_head.b");
      Tensor matrix = HeadTensors.get(leaves.parameters(), "score_head.U");

      leaves.scores(before, at, ids, logProbs).sum().backward();

      assertThat(b.grad().orElseThrow().item()).isEqualTo(3);
      assertThat(matrix.grad().orElseThrow().norm().item()).isPositive();
      b.detach().addInPlace(Tensor.full(1, 1), 1);
      assertThat(HeadTensors.get(head.parameters(), "score_head.b").item()).isEqualTo(3);
    }
  }

  @Test
  void anInitialValueHeadSaysNothing() {
    try (ValueHead head = ValueHead.initial(D)) {
      assertThat(head.values(at).toFloats()).containsExactly(0, 0, 0);
      assertThat(head.values(at.reshape(1, 3, D)).shape()).containsExactly(1, 3);
    }
  }

  @Test
  void aHeadOfAnotherModelIsRefused() {
    assertThatThrownBy(() -> TokenHead.read(tokenHead(D + 2), weights))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("score_head.U")
        .hasMessageContaining("another model");
    assertThatThrownBy(() -> TokenHead.read(Map.of(), weights))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("score_head.a");
    assertThatThrownBy(() -> ValueHead.read(Map.of(), config(D)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("value_head.w");
  }

  private double score(Map<String, Tensor> tensors, int row) {
    float[] h = at.narrow(0, row, 1).toFloats();
    float[] previous = before.narrow(0, row, 1).toFloats();
    float[] token = weights.embed().narrow(0, ids.toLongs()[row], 1).toFloats();
    float[] matrix = HeadTensors.get(tensors, "score_head.U").toFloats();
    float[] w = HeadTensors.get(tensors, "score_head.w").toFloats();
    double match = 0;
    double state = 0;
    for (int i = 0; i < D; i++) {
      state += w[i] * h[i];
      for (int j = 0; j < D; j++) {
        match += token[i] * matrix[i * D + j] * previous[j];
      }
    }
    double a = HeadTensors.get(tensors, "score_head.a").item();
    double b = HeadTensors.get(tensors, "score_head.b").item();
    return a * logProbs.toFloats()[row] + 4 / Math.sqrt(D) * match + state + b;
  }

  private Map<String, Tensor> tokenHead(int d) {
    return Map.of(
        "score_head.a", random.normal(1, 1),
        "score_head.U", random.normal(1, d, d),
        "score_head.w", random.normal(1, d),
        "score_head.b", random.normal(1, 1));
  }

  private static LlamaConfig config(int hidden) {
    return new LlamaConfig(12, hidden, 16, 1, 2, 1, 4, 16, 10_000, 1e-5, 1, 0);
  }
}
