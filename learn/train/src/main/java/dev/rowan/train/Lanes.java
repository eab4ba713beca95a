package dev.rowan.train;

import dev.rowan.tensor.Gradients;
import dev.rowan.tensor.Scope;
import dev.rowan.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Gradients by several threads. Each lane has a replica of the model: the same memory, but leaves of its own that gather
 * gradients. Micro-batch i runs on lane i modulo the number of lanes, in order, and the lanes' gradients are summed in
 * the order of the lanes, so that the same number of lanes gives the same bits.
 *
 * @param <M> the model, as one lane sees it
 */
public final class Lanes<M> implements AutoCloseable {

  /**
   * What a pass over some micro-batches came to.
   *
   * @param loss sum of their losses
   * @param gradientNorm norm of the gradient of all parameters together, before it was clipped
   * @param tally what the loss counted beside
   */
  public record Sums(double loss, double gradientNorm, Tally tally) {}

  private record Lane<M>(M model, Map<String, Tensor> parameters) {}

  private final Workers workers;
  private final List<Lane<M>> lanes = new ArrayList<>();

  /**
   * Lanes over one model.
   *
   * @param count number of lanes
   * @param replica makes a lane's view of the model, such as {@code () -> new Llama(weights.leaves(), type)}
   * @param parameters finds the leaves in a replica, by name, in a fixed order; closed together with the lanes
   */
  public Lanes(int count, Supplier<M> replica, Function<M, Map<String, Tensor>> parameters) {
    workers = new Workers(count);
    for (int i = 0; i < count; i++) {
      M model = replica.get();
      lanes.add(new Lane<>(model, parameters.apply(model)));
    }
  }

  /** Number of lanes. */
  public int count() {
    return lanes.size();
  }

  /** The parameters, by name, that hold the summed gradient after {@link #backward}: those an optimiser steps. */
  public Map<String, Tensor> parameters() {
    return lanes.getFirst().parameters();
  }

  Workers workers() {
    return workers;
  }

  /**
   * Replaces the gradient of {@link #parameters()} by that of the micro-batches' losses, clipped to a global norm of at
   * most {@code maxNorm} (Pascanu et al. 2013).
   *
   * @throws TrainingException if a loss failed or is not a number
   */
  public <B> Sums backward(List<B> microBatches, Loss<M, B> loss, double maxNorm) {
    double[] losses = new double[lanes.size()];
    List<Tally> tallies = lanes.stream().map(lane -> new Tally()).toList();
    clearGradients();
    workers.run(lane -> {
      for (int i = lane; i < microBatches.size(); i += lanes.size()) {
        try (Scope _ = Scope.open()) {
          Tensor value = loss.of(lanes.get(lane).model(), microBatches.get(i), tallies.get(lane));
          losses[lane] += value.item();
          value.backward();
        }
      }
    });
    double total = 0;
    Tally tally = new Tally();
    for (int lane = 0; lane < lanes.size(); lane++) {
      total += losses[lane];
      tally.addAll(tallies.get(lane));
    }
    double norm = merge(maxNorm);
    if (!Double.isFinite(total) || !Double.isFinite(norm)) {
      clearGradients();
      throw new TrainingException("the loss became " + total + " with a gradient of norm " + norm
          + ": lower the learning rate");
    }
    return new Sums(total, norm, tally);
  }

  private double merge(double maxNorm) {
    try (Gradients _ = Gradients.off();
        Scope _ = Scope.open()) {
      for (Lane<M> lane : lanes.subList(1, lanes.size())) {
        lane.parameters().forEach((name, leaf) -> leaf.grad()
            .ifPresent(gradient -> sum(name).addGrad(gradient)));
      }
      double squares = 0;
      List<Tensor> gradients = new ArrayList<>();
      parameters().values().forEach(leaf -> leaf.grad().ifPresent(gradients::add));
      for (Tensor gradient : gradients) {
        double norm = gradient.norm().item();
        squares += norm * norm;
      }
      double norm = Math.sqrt(squares);
      if (norm > maxNorm) {
        gradients.forEach(gradient -> gradient.mulInPlace(maxNorm / norm));
      }
      return norm;
    }
  }

  private Tensor sum(String name) {
    Tensor leaf = parameters().get(name);
    if (leaf == null) {
      throw new IllegalStateException("the first lane has no parameter '" + name + "'");
    }
    return leaf;
  }

  private void clearGradients() {
    lanes.forEach(lane -> lane.parameters().values().forEach(Tensor::clearGrad));
  }

  /** Ends the threads and frees the leaves; the weights under them stay. */
  @Override
  public void close() {
    workers.close();
    lanes.forEach(lane -> lane.parameters().values().forEach(Tensor::close));
  }
}
