package dev.rowan.train;

import dev.rowan.tensor.Optimizer;
import dev.rowan.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Several optimisers of disjoint parameters as one, stepped side by side on the workers' threads. */
final class SplitOptimizer implements Optimizer {

  /**
   * One of them.
   *
   * @param optimizer the optimiser
   * @param share its share of the learning rate
   */
  record Part(Optimizer optimizer, double share) {}

  private final List<Part> parts;
  private final Workers workers;
  private final Map<String, Tensor> state = new LinkedHashMap<>();

  SplitOptimizer(List<Part> parts, Workers workers) {
    this.parts = List.copyOf(parts);
    this.workers = workers;
    parts.forEach(part -> state.putAll(part.optimizer().state()));
  }

  @Override
  public void step(double learningRate) {
    workers.run(lane -> {
      for (int i = lane; i < parts.size(); i += workers.count()) {
        Part part = parts.get(i);
        part.optimizer().step(learningRate * part.share());
      }
    });
  }

  @Override
  public Map<String, Tensor> state() {
    return state;
  }
}
