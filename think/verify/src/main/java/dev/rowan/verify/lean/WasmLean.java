package dev.rowan.verify.lean;

import dev.rowan.verify.sandbox.Bare;
import dev.rowan.verify.sandbox.Job;
import dev.rowan.verify.sandbox.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The WebAssembly Lean that {@link LeanInstall} puts in place: Lean 4.28 with its core library, without Mathlib.
 *
 * <p>WebAssembly is its sandbox. Code inside reaches the host through node alone, whose permissions let it read these
 * folders, and neither write, nor open a connection, nor start a program. Its memory ends at 2 GiB.
 */
public final class WasmLean implements Toolchain {

  static final String NODE = "node";
  static final String LOADER = "lean.cjs";
  static final String CODE = "lean.wasm";
  static final String LIBRARY = "lib";

  private static final List<String> PARTS = List.of(NODE, LOADER, CODE, LIBRARY + "/Init.olean");

  private final Path folder;
  private final Path scripts;

  /**
   * The Lean in this folder.
   *
   * @throws LeanException if there is none
   */
  public WasmLean(Path folder) throws IOException {
    if (!isIn(folder)) {
      throw new LeanException("no Lean in " + folder + ": run 'rowan lean install'");
    }
    this.folder = folder.toAbsolutePath();
    this.scripts = Resources.folder("host.cjs", "Judge.lean");
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
    List<String> command = List.of(
        folder.resolve(NODE).toString(),
        "--no-warnings",
        "--permission",
        "--allow-worker", // Lean's threads
        "--allow-fs-read=" + folder,
        "--allow-fs-read=" + scripts,
        "--stack-size=7000",
        "--wasm-lazy-compilation",
        scripts.resolve("host.cjs").toString(),
        folder.resolve(LOADER).toString(),
        folder.resolve(CODE).toString(),
        folder.resolve(LIBRARY).toString(),
        scripts.toString(),
        "--run",
        "Judge.lean",
        "Init");
    Limits limits = Limits.DEFAULT.withCpu(Limits.FOREVER).withMemory(Limits.UNLIMITED);
    return new Bare().start(Job.of(command.toArray(String[]::new)).within(limits));
  }
}
