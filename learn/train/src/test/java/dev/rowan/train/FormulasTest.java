package dev.rowan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rowan.tensor.Scope;
import dev.rowan.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The formulas against values computed by TRL; the resource names their source. */
final class FormulasTest {

  private static final Offset<Double> TOLERANCE = within(1e-5);

  private final JsonNode goldens = goldens();
  private final Scope scope = Scope.open();

  @AfterEach
  void free() {
    scope.close();
  }

  @Test
  void standardisedAdvantageDividesByTheSampleDeviation() {
    JsonNode golden = goldens.path("group_advantage").path(0);
    double size = golden.path("grpo_bessel_std_plus_1e-4").asDouble();

    double[] advantages = GroupAdvantage.STANDARDISED.of(doubles(golden.path("rewards")));

    double[] signs = doubles(golden.path("sign"));
    for (int i = 0; i < signs.length; i++) {
      assertThat(advantages[i]).isCloseTo(size * signs[i], TOLERANCE);
    }
  }

  @Test
  void leaveOneOutComparesWithTheOthers() {
    JsonNode golden = goldens.path("group_advantage").path(1);

    double[] advantages = GroupAdvantage.LEAVE_ONE_OUT.of(doubles(golden.path("rewards")));

    assertThat(advantages).containsExactly(doubles(golden.path("rloo")), TOLERANCE);
  }

  @Test
  void equalRewardsGiveNoAdvantage() {
    for (GroupAdvantage advantage : GroupAdvantage.values()) {
      assertThat(advantage.of(new double[] {1, 1, 1})).containsExactly(0, 0, 0);
      assertThat(advantage.of(new double[] {1})).containsExactly(0);
    }
  }

  @Test
  void k3IsSchulmans() {
    JsonNode golden = goldens.path("kl");

    Tensor k3 =
        Kl.k3(tensor(doubles(golden.path("logps"))), tensor(doubles(golden.path("ref_logps"))));

    assertThat(k3.toFloats()).containsExactly(floats(golden.path("k3")), within(1e-5f));
  }

  @ParameterizedTest
  @CsvSource({
    "'grpo', GRPO, 0.2, 0",
    "'grpo,beta=0.04', GRPO, 0.2, 0.04",
    "'dapo', DAPO, 0.2, 0",
    "'dapo', BNPO, 0.2, 0",
    "'dapo,epsilon_high=0.28', DAPO, 0.28, 0",
    "'dr_grpo', DR_GRPO, 0.2, 0"
  })
  void clippedLossAddsUpAsPublished(
      String name, Aggregation aggregation, double high, double klWeight) {
    JsonNode input = goldens.path("grpo").path("input");
    Columns columns = columns(input, aggregation);

    Tensor ratio = PolicyLoss.ratio(tensor(columns.logProbs), tensor(columns.old));
    Tensor losses = PolicyLoss.clipped(
        ratio, tensor(columns.advantages), input.path("epsilon").asDouble(), high);
    losses =
        losses.add(Kl.k3(tensor(columns.logProbs), tensor(columns.reference)).mul(klWeight));
    double loss = losses.mul(tensor(columns.weights)).sum().item();

    double expected = goldens.path("grpo").path("expected").path(name).asDouble();
    assertThat(loss).isCloseTo(expected, TOLERANCE);
  }

  /** The unmasked tokens of the golden batch, one after another. */
  private record Columns(
      List<Double> logProbs,
      List<Double> old,
      List<Double> reference,
      List<Double> advantages,
      List<Double> weights) {}

  private static Columns columns(JsonNode input, Aggregation aggregation) {
    Columns columns = new Columns(
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>());
    int[] lengths = {3, 2};
    Aggregation.Totals totals =
        new Aggregation.Totals(2, 5, 5, input.path("max_completion_length").asInt());
    for (int row = 0; row < 2; row++) {
      for (int i = 0; i < lengths[row]; i++) {
        columns.logProbs.add(input.path("logps").path(row).path(i).asDouble());
        columns.old.add(input.path("old_logps").path(row).path(i).asDouble());
        columns.reference.add(input.path("ref_logps").path(row).path(i).asDouble());
        columns.advantages.add(input.path("advantages").path(row).asDouble());
        columns.weights.add(aggregation.tokenWeight(totals, lengths[row]));
      }
    }
    return columns;
  }

  private static Tensor tensor(List<Double> values) {
    return tensor(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static Tensor tensor(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return Tensor.of(floats);
  }

  private static double[] doubles(JsonNode array) {
    return array.valueStream().mapToDouble(JsonNode::asDouble).toArray();
  }

  private static float[] floats(JsonNode array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) array.path(i).asDouble();
    }
    return values;
  }

  private static JsonNode goldens() {
    try (InputStream resource =
        Objects.requireNonNull(FormulasTest.class.getResourceAsStream("goldens.json"))) {
      return JsonMapper.shared().readTree(resource.readAllBytes());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
