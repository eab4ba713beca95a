package dev.rowan.verify.lean;

import dev.rowan.verify.sandbox.Job;
import dev.rowan.verify.sandbox.Limits;
import dev.rowan.verify.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The WebAssembly Lean that {@link LeanInstall} puts in place: Lean 4.28 with its core library, without Mathlib.
 *
 * <p>Three walls stand around what a proof makes it do. WebAssembly: its memory ends at 2 GiB, and the host is reached
 * through node alone. Node's permissions: no file but the two scripts that it runs, no connection, no program. And the
 * sandbox: no network, nothing of the host but the system's programs and those scripts.
 */
public final class WasmLean implements Toolchain {

  static final String NODE = "node";
  static final String LOADER = "lean.cjs";
  static final String CODE = "lean.wasm";
  static final String LIBRARY = "lib";

  /** What node is told in any role; workers are Lean's threads. */
  static final List<String> FLAGS = List.of(
      "--no-warnings",
      "--permission",
      "--allow-worker",
      "--stack-size=7000",
      "--max-old-space-size=1024",
      "--wasm-lazy-compilation",
      "--wasm-lazy-validation");

  private static final List<String> PARTS = List.of(NODE, LOADER, CODE, LIBRARY + "/Init.olean");

  private static final int THREADS = 256;

  private final Path folder;
  private final Sandbox sandbox;
  private final Path scripts;
  private final LeanImage image;

  /**
   * The Lean in this folder, in this sandbox.
   *
   * @throws LeanException if there is none
   */
  public WasmLean(Path folder, Sandbox sandbox) throws IOException {
    if (!isIn(folder)) {
      throw new LeanException("no Lean in " + folder + ": run 'rowan lean install'");
    }
    this.folder = folder.toAbsolutePath();
    this.sandbox = sandbox;
    this.scripts = Resources.folder("host.cjs", "Judge.lean");
    this.image = new LeanImage(this.folder, scripts);
    Path loader = scripts.resolve(LOADER);
    Files.copy(this.folder.resolve(LOADER), loader);
    loader.toFile().deleteOnExit();
  }

  /** Whether a folder holds all parts. */
  public static boolean isIn(Path folder) {
    return PARTS.stream().allMatch(part -> Files.isRegularFile(folder.resolve(part)));
  }

  @Override
  public String name() {
    return "Lean " + LeanInstall.VERSION + " (WebAssembly, core library)";
  }

  @Override
  public Process start() throws IOException {
    List<String> own = List.of(
        "--allow-fs-read=" + scripts,
        scripts.resolve("host.cjs").toString(),
        "serve",
        scripts.resolve(LOADER).toString());
    // Node too comes as a descriptor: whoever the sandbox becomes may have no way into this folder.
    Job job = Job.of(Stream.of(List.of("/proc/self/fd/5"), FLAGS, own)
            .flatMap(List::stream)
            .toArray(String[]::new))
        .reading(scripts)
        .withFiles(folder.resolve(NODE), folder.resolve(CODE), image.path())
        .withProc()
        .within(Limits.DEFAULT
            .withCpu(Limits.FOREVER)
            .withMemory(Limits.UNLIMITED)
            .withProcesses(THREADS));
    return sandbox.start(job);
  }
}
