package dev.rowan.bench;

import com.sun.management.ThreadMXBean;
import dev.rowan.core.Seeds;
import dev.rowan.engine.Engine;
import dev.rowan.engine.EngineSettings;
import dev.rowan.engine.GenerationRequest;
import dev.rowan.model.LlamaConfig;
import dev.rowan.model.ModelFolder;
import dev.rowan.tensor.DType;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sets the time of a token at batch 1 against the least that it can take, which is the time to read all weights from
 * memory once. How fast one thread reads memory is measured on an array that no cache holds.
 */
public final class WeightReading {

  private static final int NUMBERS = 1 << 25;

  /** Numbers that are added up by one call, so that the compiler sees many calls. */
  private static final int PIECE = 1 << 14;

  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
  private static final int ROUNDS = 7;
  private static final int WARM_UP = 4;
  private static final int PROMPT = 100;
  private static final int NEW = 128;
  private static final double NANOS = 1e9;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private WeightReading() {}

  /** Measures: {@code MODEL-FOLDER TYPE}, such as {@code DIR int8}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    DType type = DType.valueOf(args[1].toUpperCase(Locale.ROOT));
    double bandwidth = bandwidth();
    EngineSettings settings = new EngineSettings(1, 256, 512, 32_768, type);
    try (Engine engine = new Engine(new ModelFolder(Path.of(args[0])).parameters(), settings)) {
      double bytes = (double) weights(engine.config()) * type.bytes();
      double seconds = secondsPerToken(engine);
      System.out.printf(
          Locale.ROOT,
          "%s: %.1f GB/s by one thread, %.0f MB of weights, %.2f ms a token: %.2f times the reading%n",
          args[1],
          bandwidth / 1e9,
          bytes / 1e6,
          seconds * 1e3,
          seconds * bandwidth / bytes);
    }
  }

  /** Bytes a second of CPU time, the median of some rounds. */
  private static double bandwidth() {
    long[] numbers = new long[NUMBERS];
    Arrays.fill(numbers, 1);
    double[] speeds = new double[ROUNDS];
    for (int i = 0; i < WARM_UP + ROUNDS; i++) {
      long start = THREADS.getCurrentThreadCpuTime();
      long sum = 0;
      for (int from = 0; from < NUMBERS; from += PIECE) {
        sum += sum(numbers, from);
      }
      if (sum != NUMBERS) {
        throw new IllegalStateException("the sum is wrong");
      }
      double seconds = (THREADS.getCurrentThreadCpuTime() - start) / NANOS;
      speeds[i % ROUNDS] = (double) NUMBERS * Long.BYTES / seconds;
    }
    return median(speeds);
  }

  private static long sum(long[] numbers, int from) {
    LongVector a = LongVector.zero(LONGS);
    LongVector b = a;
    for (int i = from; i < from + PIECE; i += 2 * LONGS.length()) {
      a = a.add(LongVector.fromArray(LONGS, numbers, i));
      b = b.add(LongVector.fromArray(LONGS, numbers, i + LONGS.length()));
    }
    return a.add(b).reduceLanes(VectorOperators.ADD);
  }

  private static long weights(LlamaConfig config) {
    long heads = (long) (config.heads() + config.kvHeads()) * config.headDim();
    long layer = config.hidden() * (2 * heads + 3L * config.intermediate());
    return config.layers() * layer + (long) config.vocabulary() * config.hidden();
  }

  /** CPU time of the process; the prompt's is taken off. */
  private static double secondsPerToken(Engine engine) throws InterruptedException {
    double[] seconds = new double[ROUNDS];
    for (int i = 0; i < WARM_UP * ROUNDS; i++) {
      double prompt = generate(engine, 2 * i, 1);
      double all = generate(engine, 2 * i + 1, NEW + 1);
      seconds[i % ROUNDS] = (all - prompt) / NEW;
    }
    return median(seconds);
  }

  private static double generate(Engine engine, int number, int count) throws InterruptedException {
    SplittableRandom random = new SplittableRandom(Seeds.derive(11, number));
    int[] prompt = random.ints(PROMPT, 20, engine.config().vocabulary()).toArray();
    double start = Rounds.cpuSeconds();
    engine.generate(new GenerationRequest(prompt, count, new int[0], 1, 0, 1, number));
    return Rounds.cpuSeconds() - start;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
