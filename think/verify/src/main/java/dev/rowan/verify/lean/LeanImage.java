package dev.rowan.verify.lean;

import dev.rowan.verify.sandbox.Bare;
import dev.rowan.verify.sandbox.Job;
import dev.rowan.verify.sandbox.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The memory of a WebAssembly Lean whose judge is ready, on disk. Processes start from it in a second, where loading the
 * library and elaborating {@code Judge.lean} takes more than ten. It is made once for each version of the scripts; its name
 * says which.
 */
final class LeanImage {

  private static final int HEAD = 4096;
  private static final int PAGES_AT = 12;
  private static final int PAGE = 65536;
  private static final long MINUTES = 10;

  private final Path folder;
  private final Path scripts;

  /** Of the Lean in {@code folder}, which holds its images too, and the scripts in the other. */
  LeanImage(Path folder, Path scripts) {
    this.folder = folder;
    this.scripts = scripts;
  }

  /** Where it is; it is made first if it is missing. */
  synchronized Path path() throws IOException {
    Path image = folder.resolve("judge-" + Resources.digest("host.cjs", "Judge.lean") + ".image");
    if (!Files.isRegularFile(image)) {
      make(image);
    }
    return image;
  }

  private void make(Path image) throws IOException {
    Path work;
    try {
      work = Files.createTempFile(folder, "making", ".tmp");
    } catch (IOException e) {
      throw new LeanException(
          "cannot write an image of the judge into " + folder
              + ": run 'rowan lean install' as the user who owns it, or set ROWAN_HOME",
          e);
    }
    try {
      Process process = start();
      Thread.startVirtualThread(() -> endInTime(process));
      if (!write(process.getInputStream(), work)) {
        throw new LeanException("Lean ended before its judge was ready"
            + process
                .errorReader(StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .map(line -> ": " + line)
                .orElse(""));
      }
      removeOthers();
      Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rw-r--r--"));
      Files.move(work, image, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(work);
    }
  }

  private static void endInTime(Process process) {
    try {
      // Of a process that has ended, this would close the output that is still being read.
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private Process start() throws IOException {
    Path node = folder.resolve(WasmLean.NODE);
    Job job = Job.of(Stream.of(
            List.of(node.toString()),
            WasmLean.FLAGS,
            List.of(
                "--allow-fs-read=" + folder,
                "--allow-fs-read=" + scripts,
                scripts.resolve("host.cjs").toString(),
                "make",
                folder.resolve(WasmLean.LOADER).toString(),
                folder.resolve(WasmLean.CODE).toString(),
                folder.resolve(WasmLean.LIBRARY).toString(),
                scripts.toString(),
                "--run",
                "Judge.lean",
                "Init"))
        .flatMap(List::stream)
        .toArray(String[]::new));
    return new Bare()
        .start(job.within(Limits.DEFAULT.withCpu(Limits.FOREVER).withMemory(Limits.UNLIMITED)));
  }

  /** Whether all of it came. Pages of zeros, a third of it, take no place on disk. */
  private static boolean write(InputStream in, Path to) throws IOException {
    try (in;
        FileChannel out = FileChannel.open(to, StandardOpenOption.WRITE)) {
      byte[] head = in.readNBytes(HEAD);
      if (head.length < HEAD) {
        return false;
      }
      out.write(ByteBuffer.wrap(head));
      int pages = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(PAGES_AT);
      byte[] zeros = new byte[PAGE];
      for (int i = 0; i < pages; i++) {
        byte[] page = in.readNBytes(PAGE);
        if (page.length < PAGE) {
          return false;
        }
        if (i == pages - 1 || !Arrays.equals(page, zeros)) {
          out.write(ByteBuffer.wrap(page), HEAD + (long) i * PAGE);
        }
      }
      return pages > 0;
    }
  }

  /** Those of other versions. */
  private void removeOthers() throws IOException {
    try (DirectoryStream<Path> others = Files.newDirectoryStream(folder, "judge-*.image")) {
      for (Path other : others) {
        Files.deleteIfExists(other);
      }
    }
  }
}
