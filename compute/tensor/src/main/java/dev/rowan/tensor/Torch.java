package dev.rowan.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch;

/** Loads libtorch once, set up the way Rowan uses it. */
public final class Torch {

  static {
    JavaCpp.prepare();
    torch.set_num_threads(1);
  }

  private Torch() {}

  /** Loads libtorch, and makes operations of the calling thread run on that thread alone. */
  public static void load() {
    torch.set_num_threads(1);
  }

  /**
   * The BLAS library that libtorch calls: {@code mkl}, {@code openblas}, or {@code unknown} where the system does not say.
   * It is always called libopenblas, but the file of that name that this process has mapped may be MKL's.
   */
  public static String blas() {
    load();
    try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
      return maps.filter(line -> line.contains("/libopenblas.so"))
          .map(line -> line.substring(line.indexOf('/')))
          .findFirst()
          .map(file -> exports(Path.of(file), "MKL_Get_Version") ? "mkl" : "openblas")
          .orElse("unknown");
    } catch (IOException | UncheckedIOException e) {
      return "unknown";
    }
  }

  private static boolean exports(Path library, String symbol) {
    try (Arena arena = Arena.ofConfined()) {
      return SymbolLookup.libraryLookup(library, arena).find(symbol).isPresent();
    }
  }

  /** The vector instructions that libtorch uses, such as {@code AVX512}. */
  public static String cpuCapability() {
    return torch.get_cpu_capability().getString();
  }

  /** Whether a CUDA device can be used. */
  public static boolean cudaAvailable() {
    return cudaDevices() > 0;
  }

  /** The number of CUDA devices that this build of libtorch can use. */
  public static int cudaDevices() {
    return torch.cuda_is_available() ? torch.cuda_device_count() : 0;
  }

  /** The element type in which matrix products are fastest: bf16 where the CPU multiplies it natively, else fp32. */
  public static DType fastestMatmulType() {
    return DType.fastestForProducts();
  }
}
