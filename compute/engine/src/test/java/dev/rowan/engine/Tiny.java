package dev.rowan.engine;

import dev.rowan.model.LlamaConfig;
import dev.rowan.model.LlamaWeights;
import dev.rowan.tensor.DType;
import dev.rowan.tensor.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;

/** A small random model with opinions, and ways to ask an engine. */
final class Tiny {

  static final int EOS = 1;
  static final LlamaConfig CONFIG =
      new LlamaConfig(50, 64, 96, 2, 4, 2, 16, 512, 10_000, 1e-5, EOS, 0);

  /** The same with a context that takes half a minute to fill. */
  static final LlamaConfig LONG =
      new LlamaConfig(50, 64, 96, 2, 4, 2, 16, 60_000, 10_000, 1e-5, EOS, 0);

  private Tiny() {}

  static LlamaWeights weights(LlamaConfig config) {
    LlamaWeights weights = LlamaWeights.random(config, new RandomStream(7));
    weights.parameters().forEach((name, tensor) -> {
      boolean projection = name.startsWith("layers.") || tensor.shape().length < 2;
      // Tied embeddings make a random model repeat its input: small ones leave it other choices.
      tensor.mulInPlace(name.equals("embed") ? 3 : projection ? 1 : 5);
    });
    return weights;
  }

  static EngineSettings settings(int lanes, int cacheTokens, DType type) {
    return new EngineSettings(lanes, 64, 128, cacheTokens, type);
  }

  static GenerationRequest request(int[] prompt, int maxTokens, long seed) {
    return new GenerationRequest(prompt, maxTokens, new int[0], 1, 0, 1, seed);
  }

  static int[] tokens(RandomGenerator random, int length) {
    return random.ints(length, 2, CONFIG.vocabulary()).toArray();
  }

  /** The results of all calls, made at the same time. */
  static <T> List<T> together(List<? extends Callable<T>> calls)
      throws InterruptedException, ExecutionException {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<T> results = new ArrayList<>();
      for (Future<T> future : executor.invokeAll(calls)) {
        results.add(future.get());
      }
      return results;
    }
  }

  /** Waits until no sequence holds a block; a caller has its result a moment before. */
  static void awaitNoBlocks(Engine engine) throws InterruptedException {
    for (int i = 0; i < 10_000 && engine.blocksInUse() > 0; i++) {
      Thread.sleep(1);
    }
  }
}
