package dev.rowan.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Does rounds when it is told to. The cost is CPU time of the whole process, compiler and collector included: on a shared
 * machine it is what a neighbour changes least.
 */
final class Rounds {

  /** A round's work. */
  @FunctionalInterface
  interface Work {

    /** Does round {@code number}, and returns how many tokens that were. */
    long run(int number) throws InterruptedException;
  }

  private static final double NANOS = 1e9;
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final Work work;

  Rounds(Work work) {
    this.work = work;
  }

  /** Repeats round 0 for so many CPU seconds, then does the round of each number on the standard input. */
  void run(double warmUpSeconds) throws IOException, InterruptedException {
    double end = cpuSeconds() + warmUpSeconds;
    while (cpuSeconds() < end) {
      work.run(0);
    }
    System.out.println("ready");
    try (BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        double cpu = cpuSeconds();
        long start = System.nanoTime();
        long tokens = work.run(Integer.parseInt(line.strip()));
        System.out.printf(
            Locale.ROOT,
            "{\"tokens\": %d, \"cpu\": %.3f, \"wall\": %.3f}%n",
            tokens,
            cpuSeconds() - cpu,
            (System.nanoTime() - start) / NANOS);
      }
    }
  }

  /** CPU time of the process. */
  static double cpuSeconds() {
    return PROCESS.getProcessCpuTime() / NANOS;
  }
}
