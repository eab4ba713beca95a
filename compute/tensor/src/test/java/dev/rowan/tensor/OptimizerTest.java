package dev.rowan.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The optimisers against their formulas in plain Java, and their states. */
final class OptimizerTest {

  private final Scope scope = Scope.open();

  @AfterEach
  void free() {
    scope.close();
  }

  /** Gives {@code parameter} exactly this gradient. */
  private static void gradient(Tensor parameter, float[] values) {
    parameter.clearGrad();
    parameter.mul(Tensor.of(values, parameter.shape())).sum().backward();
  }

  private static float[] gradientOfStep(RandomStream random, int count) {
    try (Scope _ = Scope.open()) {
      return random.normal(1, count).toFloats();
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "0.1"})
  void adamWFollowsItsFormula(double decay) {
    double rate = 0.01;
    Tensor parameter = Tensor.of(new float[] {1, -2, 3}).requireGrad();
    double[] x = {1, -2, 3};
    double[] mean = new double[3];
    double[] square = new double[3];
    RandomStream random = new RandomStream(5);
    try (AdamW adam =
        new AdamW(Map.of("x", parameter), new AdamW.Settings(0.9, 0.98, 1e-8, decay))) {
      for (int step = 1; step <= 20; step++) {
        float[] g = gradientOfStep(random, 3);
        gradient(parameter, g);
        adam.step(rate);
        for (int i = 0; i < 3; i++) {
          x[i] -= rate * decay * x[i];
          mean[i] = 0.9 * mean[i] + 0.1 * g[i];
          square[i] = 0.98 * square[i] + 0.02 * g[i] * g[i];
          double corrected = mean[i] / (1 - Math.pow(0.9, step));
          x[i] -= rate * corrected / (Math.sqrt(square[i] / (1 - Math.pow(0.98, step))) + 1e-8);
        }
      }
    }
    float[] result = parameter.toFloats();
    for (int i = 0; i < 3; i++) {
      assertThat((double) result[i]).isCloseTo(x[i], within(2e-6));
    }
  }

  @ParameterizedTest
  @CsvSource({"4, 7", "7, 4", "5, 5"})
  void muonFollowsItsFormula(int rows, int columns) {
    double rate = 0.02;
    double decay = 0.1;
    RandomStream random = new RandomStream(6);
    Tensor parameter = random.normal(1, rows, columns).requireGrad();
    double[][] start = matrix(parameter.toFloats(), rows, columns);
    double[][] x = matrix(parameter.toFloats(), rows, columns);
    double[][] average = new double[rows][columns];
    try (Muon muon = new Muon(Map.of("x", parameter), decay)) {
      for (int step = 0; step < 5; step++) {
        float[] values = gradientOfStep(random, rows * columns);
        gradient(parameter, values);
        muon.step(rate);
        double[][] g = matrix(values, rows, columns);
        average = combine(average, 0.95, g, 0.05);
        double[][] update = orthogonal(combine(g, 0.05, average, 0.95));
        x = combine(x, 1 - rate * decay, update, -rate * 0.2 * Math.sqrt(Math.max(rows, columns)));
      }
    }
    double[][] result = matrix(parameter.toFloats(), rows, columns);
    double error = norm(combine(result, 1, x, -1));
    assertThat(error).as("of the way gone").isLessThan(0.03 * norm(combine(x, 1, start, -1)));
  }

  /** Newton-Schulz in double precision. */
  private static double[][] orthogonal(double[][] matrix) {
    double[][] x = combine(matrix, 1 / norm(matrix), matrix, 0);
    for (int i = 0; i < 5; i++) {
      double[][] gram = times(x, transposed(x));
      double[][] polynomial = combine(gram, -4.7750, times(gram, gram), 2.0315);
      x = combine(x, 3.4445, times(polynomial, x), 1);
    }
    return x;
  }

  @Test
  void muonsUpdatesAreNearlyOrthogonal() {
    Tensor parameter = Tensor.zeros(DType.FLOAT32, 6, 6).requireGrad();
    try (Muon muon = new Muon(Map.of("x", parameter), 0)) {
      gradient(parameter, gradientOfStep(new RandomStream(7), 36));
      muon.step(1);
    }
    double[][] x = matrix(parameter.toFloats(), 6, 6);
    double[][] gram = times(x, transposed(x));
    double scale = 0.2 * 0.2 * 6;
    for (int i = 0; i < 6; i++) {
      assertThat(gram[i][i] / scale).isBetween(0.3, 1.7);
    }
  }

  private static double[][] matrix(float[] values, int rows, int columns) {
    double[][] matrix = new double[rows][columns];
    for (int i = 0; i < values.length; i++) {
      matrix[i / columns][i % columns] = values[i];
    }
    return matrix;
  }

  private static double[][] combine(double[][] a, double scaleA, double[][] b, double scaleB) {
    double[][] sum = new double[a.length][a[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        sum[i][j] = scaleA * a[i][j] + scaleB * b[i][j];
      }
    }
    return sum;
  }

  private static double[][] times(double[][] a, double[][] b) {
    double[][] product = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b[0].length; j++) {
        for (int k = 0; k < b.length; k++) {
          product[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return product;
  }

  private static double[][] transposed(double[][] a) {
    double[][] result = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        result[j][i] = a[i][j];
      }
    }
    return result;
  }

  private static double norm(double[][] a) {
    double sum = 0;
    for (double[] row : a) {
      for (double value : row) {
        sum += value * value;
      }
    }
    return Math.sqrt(sum);
  }

  @Test
  void parametersWithoutAGradientStay() {
    Tensor still = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2).requireGrad();
    try (AdamW adam = new AdamW(Map.of("x", still), new AdamW.Settings(0.9, 0.98, 1e-8, 0.1));
        Muon muon = new Muon(Map.of("x", still), 0.1)) {
      adam.step(0.1);
      muon.step(0.1);
    }
    assertThat(still.toFloats()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void aRestoredAdamWGoesOnWithTheSameBits() {
    assertGoesOn(parameters -> new AdamW(parameters, AdamW.Settings.DEFAULT));
  }

  @Test
  void aRestoredMuonGoesOnWithTheSameBits() {
    assertGoesOn(parameters -> new Muon(parameters, 0.01));
  }

  private static void assertGoesOn(Function<Map<String, Tensor>, Optimizer> factory) {
    RandomStream random = new RandomStream(8);
    Tensor whole = random.normal(1, 3, 4).requireGrad();
    Tensor resumed;
    float[] expected;
    Map<String, Tensor> saved = new LinkedHashMap<>();
    long randomState;
    try (Optimizer optimizer = factory.apply(Map.of("x", whole))) {
      train(optimizer, whole, random, 7);
      optimizer.state().forEach((name, tensor) -> saved.put(name, tensor.copy()));
      resumed = whole.detach().copy().requireGrad();
      randomState = random.state();
      train(optimizer, whole, random, 7);
      expected = whole.toFloats();
    }
    try (Optimizer optimizer = factory.apply(Map.of("x", resumed))) {
      optimizer.restore(saved);
      train(optimizer, resumed, new RandomStream(randomState), 7);
    }
    assertThat(resumed.toFloats()).containsExactly(expected);
  }

  private static void train(Optimizer optimizer, Tensor parameter, RandomStream random, int steps) {
    for (int i = 0; i < steps; i++) {
      gradient(parameter, gradientOfStep(random, Math.toIntExact(parameter.count())));
      optimizer.step(0.01);
    }
  }

  @Test
  void aStateThatDoesNotFitChangesNothing() {
    Tensor parameter = Tensor.full(1, 2, 2).requireGrad();
    try (AdamW adam = new AdamW(Map.of("x", parameter), AdamW.Settings.DEFAULT)) {
      gradient(parameter, new float[] {1, 2, 3, 4});
      adam.step(0.1);
      Map<String, Tensor> saved = new LinkedHashMap<>();
      adam.state().forEach((name, tensor) -> saved.put(name, tensor.mul(2)));
      saved.put("x.square", Tensor.full(1, 1));
      assertThatThrownBy(() -> adam.restore(saved))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'x.square' is FLOAT32[1] where FLOAT32[2, 2] is needed");
      saved.remove("x.square");
      assertThatThrownBy(() -> adam.restore(saved))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("lacks 'x.square'");
      Tensor mean = adam.state().getOrDefault("x.mean", parameter);
      assertThat(mean.toFloats()).containsExactly(0.1f, 0.2f, 0.3f, 0.4f);
    }
  }
}
