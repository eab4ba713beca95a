package dev.rowan.cli.doctor;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Cores, memory, disk, processor features and GPU.
 *
 * @param host the machine
 * @param home the repository
 */
public record Hardware(Host host, Path home) {

  private static final long GIB = 1L << 30;
  private static final long LEAST_MEMORY = 2 * GIB;
  private static final long LEAST_DISK = GIB;

  /** What was found. */
  public List<Finding> findings() {
    return List.of(cores(), memory(), disk(), processor(), gpu());
  }

  private Finding cores() {
    return Finding.ok("Cores", Integer.toString(host.cores()));
  }

  private Finding memory() {
    return atLeast(
        "Memory", host.memory(), LEAST_MEMORY, "use a machine with 2 GiB of memory or more");
  }

  private Finding disk() {
    String remedy =
        "free 1 GiB where " + home + " is: libtorch unpacks itself, and runs write checkpoints";
    return atLeast("Free disk", host.freeSpace(home), LEAST_DISK, remedy);
  }

  private static Finding atLeast(String name, long have, long need, String remedy) {
    String detail = String.format(Locale.ROOT, "%.1f GiB", have / (double) GIB);
    return have >= need
        ? Finding.ok(name, detail)
        : Finding.essential(name, detail, "training and sampling", remedy);
  }

  private Finding processor() {
    Optional<Set<String>> flags = host.text(Path.of("/proc/cpuinfo")).flatMap(Hardware::flags);
    if (flags.isEmpty()) {
      return Finding.ok(
          "Processor", System.getProperty("os.arch") + "; its features are not listed here");
    }
    Map<String, Boolean> features = new LinkedHashMap<>();
    for (String name : List.of("avx2", "avx512f", "avx512_bf16", "amx_bf16")) {
      features.put(name, flags.get().contains(name));
    }
    String present =
        String.join(" ", features.keySet().stream().filter(features::get).toList());
    if (features.containsValue(true)) {
      return Finding.ok("Processor", present);
    }
    return Finding.missing(
        "Processor",
        "fast matrix products: everything works, several times slower",
        "use a" + " processor with AVX2, better AVX-512 or AMX");
  }

  private static Optional<Set<String>> flags(String cpuInfo) {
    return cpuInfo
        .lines()
        .filter(line -> line.startsWith("flags"))
        .findFirst()
        .map(line -> Set.copyOf(
            Arrays.asList(line.substring(line.indexOf(':') + 1).strip().split("\\s+"))));
  }

  private Finding gpu() {
    List<String> query = List.of("--query-gpu=name,memory.total", "--format=csv,noheader");
    String cards = host.program("nvidia-smi")
        .flatMap(path -> host.output(
            Stream.concat(Stream.of(path.toString()), query.stream()).toList()))
        .map(text -> String.join("; ", text.lines().toList()))
        .orElse("none");
    return Finding.ok("GPU", cards + " (this version computes on the processor)");
  }
}
