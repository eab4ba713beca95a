package dev.rowan.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandleProxies;
import java.nio.file.Path;
import java.util.Locale;
import org.bytedeco.javacpp.Loader;

/** JavaCPP, which unpacks native libraries and binds libtorch's, set up the way Rowan uses it. */
final class JavaCpp {

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
  }

  /** C's setenv. Public because the JDK's proxies ask for it. */
  @FunctionalInterface
  public interface SetVariable {
    /** Sets a variable of this process's environment; one that is set stays unless {@code overwrite} is 1. */
    int call(MemorySegment name, MemorySegment value, int overwrite);
  }

  private JavaCpp() {}

  /** Makes sure that it is set up before any native library loads. */
  static void prepare() {
    // Loading this class did it.
  }

  /** Where a library of the class path lies as a file. */
  static Path unpacked(String library) {
    try {
      return Loader.cacheResource(library).toPath();
    } catch (IOException e) {
      throw new UncheckedIOException(
          library + " cannot be unpacked: make the home folder writable", e);
    }
  }

  /**
   * oneDNN keeps the compiled kernels of the last 1,024 products. Batches of many lengths make them all different, which
   * comes to gigabytes.
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

  private static boolean isX86() {
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return arch.equals("amd64") || arch.equals("x86_64");
  }
}
