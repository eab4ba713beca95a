package dev.rowan.bench;

import dev.rowan.core.Seeds;
import dev.rowan.engine.Engine;
import dev.rowan.engine.EngineSettings;
import dev.rowan.engine.Generation;
import dev.rowan.engine.GenerationRequest;
import dev.rowan.model.LlamaWeights;
import dev.rowan.model.ModelFolder;
import dev.rowan.tensor.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Samples 300 roll-outs at once at temperature 1 by an engine of one lane; counts the new tokens. */
public final class Sampling {

  private static final double WARM_UP_SECONDS = 20;
  private static final int AT_ONCE = 512;
  private static final int CACHE_TOKENS = 65_536;

  private final Workload workload;
  private final Engine engine;

  private Sampling(Workload workload, Engine engine) {
    this.workload = workload;
    this.engine = engine;
  }

  /** Runs rounds of a workload: {@code MODEL-FOLDER WORKLOAD-FILE}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    EngineSettings settings =
        new EngineSettings(1, AT_ONCE, AT_ONCE, CACHE_TOKENS, Torch.fastestMatmulType());
    try (LlamaWeights weights = new ModelFolder(Path.of(args[0])).weights();
        Engine engine = new Engine(weights, settings)) {
      Sampling sampling = new Sampling(Workload.read(Path.of(args[1])), engine);
      new Rounds(sampling::round).run(WARM_UP_SECONDS);
    }
  }

  private long round(int number) throws InterruptedException {
    List<Future<Generation>> rollouts = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int[] prompt : workload.rounds().get(number).prompts()) {
        for (int i = 0; i < workload.rollouts(); i++) {
          GenerationRequest request = request(prompt, Seeds.derive(number, rollouts.size()));
          rollouts.add(threads.submit(() -> engine.generate(request)));
        }
      }
    }
    long tokens = 0;
    for (Future<Generation> rollout : rollouts) {
      tokens += tokens(rollout);
    }
    return tokens;
  }

  private GenerationRequest request(int[] prompt, long seed) {
    int[] stop = {workload.eos()};
    return new GenerationRequest(prompt, workload.maxTokens(), stop, 1, 0, 1, seed);
  }

  private static int tokens(Future<Generation> rollout) throws InterruptedException {
    try {
      return rollout.get().tokens().length;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a roll-out failed: " + e.getMessage(), e);
    }
  }
}
