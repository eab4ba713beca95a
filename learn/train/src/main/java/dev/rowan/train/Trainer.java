package dev.rowan.train;

import dev.rowan.tensor.Optimizer;
import dev.rowan.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A model under training: its lanes, its optimiser, and how many steps it has taken. The model's own weights change in
 * place with every step.
 *
 * @param <M> the model, as one lane sees it
 */
public final class Trainer<M> implements AutoCloseable {

  /**
   * What one step did.
   *
   * @param step its number, from 1
   * @param loss sum of the micro-batches' losses before the step
   * @param gradientNorm norm of the whole gradient before it was clipped
   * @param learningRate the rate it was taken with
   * @param tally what the loss counted beside
   */
  public record Step(
      long step, double loss, double gradientNorm, double learningRate, Tally tally) {}

  private static final double MAX_GRADIENT_NORM = 1;

  private final Lanes<M> lanes;
  private final Optimizer optimizer;
  private long steps;

  /**
   * A trainer that has not taken a step.
   *
   * @param lanes number of threads that compute gradients, one per core being best
   * @param replica makes a lane's view of the model; see {@link Lanes}
   * @param parameters finds the leaves in a replica
   * @param recipe which optimiser changes which of them
   */
  public Trainer(
      int lanes,
      Supplier<M> replica,
      Function<M, Map<String, Tensor>> parameters,
      Optimizers recipe) {
    this.lanes = new Lanes<>(lanes, replica, parameters);
    this.optimizer = recipe.build(this.lanes.parameters(), this.lanes.workers());
  }

  /** Takes one step on the summed loss of the micro-batches, with the gradient clipped to norm 1. */
  public <B> Step step(List<B> microBatches, Loss<M, B> loss, double learningRate) {
    Lanes.Sums sums = lanes.backward(microBatches, loss, MAX_GRADIENT_NORM);
    optimizer.step(learningRate);
    steps++;
    return new Step(steps, sums.loss(), sums.gradientNorm(), learningRate, sums.tally());
  }

  /** Steps taken so far. */
  public long steps() {
    return steps;
  }

  /** All trained parameters by name, live. */
  Map<String, Tensor> parameters() {
    return lanes.parameters();
  }

  /** The optimiser, whose state a checkpoint saves. */
  Optimizer optimizer() {
    return optimizer;
  }

  /** Counts on from {@code steps}. */
  void resumeAt(long steps) {
    this.steps = steps;
  }

  /** Ends the threads and frees leaves and optimiser; the weights stay. */
  @Override
  public void close() {
    optimizer.close();
    lanes.close();
  }
}
