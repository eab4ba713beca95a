package dev.rowan.bench;

import dev.rowan.core.Seeds;
import dev.rowan.engine.Engine;
import dev.rowan.engine.EngineSettings;
import dev.rowan.engine.Generation;
import dev.rowan.engine.GenerationRequest;
import dev.rowan.model.ModelFolder;
import dev.rowan.tensor.DType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Continues prompts of random tokens by a real model, in an engine of one lane, at temperature 1 and without an end:
 * {@code plain} N prompts of 100 tokens by 128 each; {@code prompt} N prompts of 512 tokens by one; {@code tree} a prompt of
 * 100 tokens by 32, three times over, each time in 4 ways. Counts new tokens, or prompt tokens for {@code prompt}.
 */
public final class Decoding {

  private static final double WARM_UP_SECONDS = 12;
  private static final int PROMPT = 100;
  private static final int NEW = 128;
  private static final int LONG_PROMPT = 512;
  private static final int BRANCHES = 4;
  private static final int DEPTH = 3;
  private static final int EDGE = 32;

  /** Ids below this are special. */
  private static final int FIRST_WORD = 20;

  private final Engine engine;
  private final String job;
  private final int batch;

  private Decoding(Engine engine, String job, int batch) {
    this.engine = engine;
    this.job = job;
    this.batch = batch;
  }

  /** Runs rounds: {@code MODEL-FOLDER TYPE JOB BATCH}, such as {@code DIR bfloat16 plain 32}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    DType type = DType.valueOf(args[1].toUpperCase(Locale.ROOT));
    EngineSettings settings = new EngineSettings(1, 256, 512, 32_768, type);
    try (Engine engine = new Engine(new ModelFolder(Path.of(args[0])).parameters(), settings)) {
      Decoding decoding = new Decoding(engine, args[2], Integer.parseInt(args[3]));
      new Rounds(decoding::round).run(WARM_UP_SECONDS);
    }
  }

  private long round(int number) throws InterruptedException {
    SplittableRandom random = new SplittableRandom(Seeds.derive(7, number));
    return switch (job) {
      case "plain" -> tokens(all(prompts(random, PROMPT), NEW));
      case "prompt" -> {
        all(prompts(random, LONG_PROMPT), 1);
        yield (long) batch * LONG_PROMPT;
      }
      case "tree" -> tree(List.of(prompt(random, PROMPT)), DEPTH);
      default -> throw new IllegalArgumentException("no job '" + job + "': plain, prompt or tree");
    };
  }

  private long tree(List<int[]> nodes, int depth) throws InterruptedException {
    if (depth == 0) {
      return 0;
    }
    List<int[]> starts = nodes.stream()
        .flatMap(node -> Collections.nCopies(BRANCHES, node).stream())
        .toList();
    List<Generation> edges = all(starts, EDGE);
    List<int[]> next = new ArrayList<>();
    for (int i = 0; i < edges.size(); i++) {
      int[] start = starts.get(i);
      int[] node = Arrays.copyOf(start, start.length + EDGE);
      System.arraycopy(edges.get(i).tokens(), 0, node, start.length, EDGE);
      next.add(node);
    }
    return tokens(edges) + tree(next, depth - 1);
  }

  private List<int[]> prompts(SplittableRandom random, int length) {
    List<int[]> prompts = new ArrayList<>();
    for (int i = 0; i < batch; i++) {
      prompts.add(prompt(random, length));
    }
    return prompts;
  }

  private int[] prompt(SplittableRandom random, int length) {
    return random.ints(length, FIRST_WORD, engine.config().vocabulary()).toArray();
  }

  private List<Generation> all(List<int[]> prompts, int count) throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Generation>> running = new ArrayList<>();
      for (int[] prompt : prompts) {
        GenerationRequest request =
            new GenerationRequest(prompt, count, new int[0], 1, 0, 1, running.size());
        running.add(threads.submit(() -> engine.generate(request)));
      }
      List<Generation> done = new ArrayList<>();
      for (Future<Generation> future : running) {
        done.add(future.get());
      }
      return done;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a sequence failed: " + e.getMessage(), e);
    }
  }

  private static long tokens(List<Generation> generations) {
    return generations.stream()
        .mapToLong(generation -> generation.tokens().length)
        .sum();
  }
}
