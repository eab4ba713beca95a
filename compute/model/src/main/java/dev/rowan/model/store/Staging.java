package dev.rowan.model.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Where a pull gathers files until they are a model. What an earlier pull left stays if it was of the very same files, so
 * that this one goes on from there; anything else is removed.
 *
 * @param folder its own folder
 */
record Staging(Path folder) {

  /** What becomes the model's folder. */
  Path files() {
    return folder.resolve("files");
  }

  /** Starts with nothing. */
  void begin() throws IOException {
    remove(folder);
    Files.createDirectories(files());
  }

  /**
   * Goes on with these files, or starts with nothing.
   *
   * @param origin all that tells them from others
   */
  void resume(String origin) throws IOException {
    Path known = folder.resolve("origin");
    byte[] bytes = origin.getBytes(StandardCharsets.UTF_8);
    if (!Files.exists(known) || !Arrays.equals(Files.readAllBytes(known), bytes)) {
      begin();
      Files.write(known, bytes);
    }
  }

  /** Removes all of it. */
  void remove() throws IOException {
    remove(folder);
  }

  /** Removes a folder, if it is there. */
  static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
