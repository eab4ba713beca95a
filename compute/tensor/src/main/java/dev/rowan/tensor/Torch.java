package dev.rowan.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandleProxies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch;

/** Loads libtorch once, set up the way Rowan uses it. */
public final class Torch {

  static {
    // JavaCPP reads these when its first class loads. Scopes free memory, so its collector and its
    // checks of the process size on every allocation only cost time.
    System.setProperty("org.bytedeco.javacpp.nopointergc", "true");
    System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    System.setProperty("org.bytedeco.javacpp.maxBytes", "0");
    if (isX86() && System.getProperty("org.bytedeco.openblas.load") == null) {
      System.setProperty("org.bytedeco.openblas.load", "mkl_rt");
    }
    limitKernels();
    torch.set_num_threads(1);
  }

  /** C's setenv. Public because the JDK's proxies ask for it. */
  @FunctionalInterface
  public interface SetVariable {
    /** Sets a variable of this process's environment; one that is set stays unless {@code overwrite} is 1. */
    int call(MemorySegment name, MemorySegment value, int overwrite);
  }

  private Torch() {}

  /**
   * libtorch's oneDNN keeps the compiled kernels of the last 1,024 products. Batches of many lengths make them all
   * different, which comes to gigabytes.
   */
  private static void limitKernels() {
    Linker linker = Linker.nativeLinker();
    FunctionDescriptor descriptor = FunctionDescriptor.of(
        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    linker.defaultLookup().find("setenv").ifPresent(setenv -> {
      SetVariable function = MethodHandleProxies.asInterfaceInstance(
          SetVariable.class, linker.downcallHandle(setenv, descriptor));
      try (Arena arena = Arena.ofConfined()) {
        function.call(
            arena.allocateFrom("ONEDNN_PRIMITIVE_CACHE_CAPACITY"), arena.allocateFrom("128"), 0);
      }
    });
  }

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
    try {
      Path cpuInfo = Path.of("/proc/cpuinfo");
      String info = Files.exists(cpuInfo) ? Files.readString(cpuInfo) : "";
      return info.contains("avx512_bf16") || info.contains("amx_bf16")
          ? DType.BFLOAT16
          : DType.FLOAT32;
    } catch (IOException e) {
      return DType.FLOAT32;
    }
  }

  private static boolean isX86() {
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return arch.equals("amd64") || arch.equals("x86_64");
  }
}
