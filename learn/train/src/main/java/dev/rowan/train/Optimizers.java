package dev.rowan.train;

import dev.rowan.tensor.AdamW;
import dev.rowan.tensor.Muon;
import dev.rowan.tensor.Optimizer;
import dev.rowan.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which optimiser changes which parameters. */
public sealed interface Optimizers {

  /** An optimiser of {@code parameters} whose parts may run on the workers' threads. */
  Optimizer build(Map<String, Tensor> parameters, Workers workers);

  /**
   * Muon for the matrices inside the blocks; AdamW at 0.3 of the learning rate for embeddings, norms and heads. Learns
   * from nothing in fewer steps than AdamW alone.
   *
   * @param weightDecay of Muon's matrices
   */
  record MuonAndAdamW(double weightDecay) implements Optimizers {

    private static final double ADAMW_SHARE = 0.3;

    @Override
    public Optimizer build(Map<String, Tensor> parameters, Workers workers) {
      Map<String, Tensor> rest = new LinkedHashMap<>();
      Map<String, Tensor> matrices = new LinkedHashMap<>();
      parameters.forEach((name, tensor) -> {
        boolean blockMatrix = name.startsWith("layers.") && tensor.shape().length == 2;
        (blockMatrix ? matrices : rest).put(name, tensor);
      });
      List<SplitOptimizer.Part> parts = new ArrayList<>();
      parts.add(new SplitOptimizer.Part(new AdamW(rest, AdamW.Settings.DEFAULT), ADAMW_SHARE));
      for (Map<String, Tensor> share : shares(matrices, workers.count())) {
        parts.add(new SplitOptimizer.Part(new Muon(share, weightDecay), 1));
      }
      return new SplitOptimizer(parts, workers);
    }

    /** The largest first, each to whom has least to do: every matrix is updated by itself, so any split is the same. */
    private static List<Map<String, Tensor>> shares(Map<String, Tensor> matrices, int count) {
      List<Map<String, Tensor>> shares = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        shares.add(new LinkedHashMap<>());
      }
      matrices.entrySet().stream()
          .sorted(Comparator.comparingLong(matrix -> -matrix.getValue().count()))
          .forEach(matrix -> shares.stream()
              .min(Comparator.comparingLong(
                  share -> share.values().stream().mapToLong(Tensor::count).sum()))
              .ifPresent(share -> share.put(matrix.getKey(), matrix.getValue())));
      return shares;
    }
  }

  /**
   * AdamW for everything.
   *
   * @param weightDecay of all parameters
   */
  record AdamWAlone(double weightDecay) implements Optimizers {

    @Override
    public Optimizer build(Map<String, Tensor> parameters, Workers workers) {
      AdamW.Settings usual = AdamW.Settings.DEFAULT;
      return new AdamW(
          parameters,
          new AdamW.Settings(usual.beta1(), usual.beta2(), usual.epsilon(), weightDecay));
    }
  }
}
