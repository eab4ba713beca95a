package dev.rowan.train;

import dev.rowan.model.ValueHead;
import dev.rowan.tensor.Gradients;
import dev.rowan.tensor.Scope;
import dev.rowan.tensor.Tensor;
import java.util.Arrays;

/**
 * An outcome reward model on frozen hidden states: logistic regression of "the answer is right" (Cobbe et al. 2021) by
 * Newton's method, which needs about ten passes over the features and no learning rate.
 */
public final class OutcomeRewardTraining {

  private static final int MOST_STEPS = 50;
  private static final double SMALL_ENOUGH = 1e-6;

  /** Weight of the squared parameters; keeps them finite when the labels can be told apart without an error. */
  private final double ridge;

  /** Training with a weight of {@code ridge / 2} on the squared parameters, against the mean loss; 1e-3 is usual. */
  public OutcomeRewardTraining(double ridge) {
    if (!(ridge > 0)) {
      throw new IllegalArgumentException("the ridge " + ridge + " must be above 0");
    }
    this.ridge = ridge;
  }

  /**
   * The best head.
   *
   * @param features hidden states at the ends of chains, n rows of d values
   * @param labels for each 1 if its answer is right, else 0
   * @throws IllegalArgumentException if there are no rows, or not one label for each
   */
  public ValueHead train(float[][] features, float[] labels) {
    if (features.length == 0 || features.length != labels.length) {
      throw new IllegalArgumentException(features.length + " chains have " + labels.length
          + " labels: give one label to each of at least one chain");
    }
    try (Gradients _ = Gradients.off();
        Scope _ = Scope.open()) {
      Tensor x = withOnes(features);
      Tensor y = Tensor.of(labels, labels.length, 1);
      double[] parameters = new double[features[0].length + 1];
      double loss = loss(x, y, parameters);
      for (int i = 0; i < MOST_STEPS; i++) {
        double[] direction = direction(x, y, parameters);
        double length = 1;
        double[] next = moved(parameters, direction, length);
        while (loss(x, y, next) > loss && length > 1e-4) {
          length /= 2;
          next = moved(parameters, direction, length);
        }
        double nextLoss = loss(x, y, next);
        if (nextLoss > loss - SMALL_ENOUGH) {
          break;
        }
        parameters = next;
        loss = nextLoss;
      }
      return head(parameters);
    }
  }

  private static ValueHead head(double[] parameters) {
    int d = parameters.length - 1;
    float[] w = new float[d];
    for (int i = 0; i < d; i++) {
      w[i] = (float) parameters[i];
    }
    return ValueHead.of(w, (float) parameters[d]);
  }

  private static Tensor withOnes(float[][] features) {
    int d = features[0].length;
    float[] flat = new float[features.length * (d + 1)];
    for (int row = 0; row < features.length; row++) {
      if (features[row].length != d) {
        throw new IllegalArgumentException("feature rows have " + d + " and " + features[row].length
            + " values: all need the same number");
      }
      System.arraycopy(features[row], 0, flat, row * (d + 1), d);
      flat[row * (d + 1) + d] = 1;
    }
    return Tensor.of(flat, features.length, d + 1);
  }

  private double loss(Tensor x, Tensor y, double[] parameters) {
    try (Scope _ = Scope.open()) {
      double data =
          ProcessRewardTraining.crossEntropy(logits(x, parameters), y).mean().item();
      return data
          + ridge / 2 * Arrays.stream(parameters).map(value -> value * value).sum();
    }
  }

  private static Tensor logits(Tensor x, double[] parameters) {
    float[] column = new float[parameters.length];
    for (int i = 0; i < column.length; i++) {
      column[i] = (float) parameters[i];
    }
    return x.matmul(Tensor.of(column, column.length, 1));
  }

  private static double[] moved(double[] parameters, double[] direction, double length) {
    double[] moved = parameters.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] -= length * direction[i];
    }
    return moved;
  }

  /** The gradient times the inverse of the Hessian. */
  private double[] direction(Tensor x, Tensor y, double[] parameters) {
    int d = parameters.length;
    double[] gradient = new double[d];
    double[][] hessian = new double[d][d];
    try (Scope _ = Scope.open()) {
      Tensor p = logits(x, parameters).sigmoid();
      double rows = (double) x.size(0);
      float[] slopes = x.transpose(0, 1).matmul(p.sub(y)).mul(1 / rows).toFloats();
      Tensor weighted = x.mul(p.mul(p.neg().add(1)).mul(1 / rows));
      float[] curvature = x.transpose(0, 1).matmul(weighted).toFloats();
      for (int i = 0; i < d; i++) {
        gradient[i] = slopes[i] + ridge * parameters[i];
        for (int j = 0; j < d; j++) {
          hessian[i][j] = curvature[i * d + j] + (i == j ? ridge : 0);
        }
      }
    }
    return Cholesky.solve(hessian, gradient);
  }
}
