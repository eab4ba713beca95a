package dev.rowan.cli.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The models that ship with Rowan.
 *
 * @param home the repository
 */
public record Models(Path home) {

  private static final List<String> FILES =
      List.of("config.json", "model.safetensors", "tokenizer.json");

  /** What was found. */
  public List<Finding> findings() {
    Path folder = home.resolve("models/rowan-nano");
    List<String> absent = FILES.stream()
        .filter(file -> !Files.isRegularFile(folder.resolve(file)))
        .toList();
    if (absent.isEmpty()) {
      return List.of(Finding.ok("Nano model", folder.toString()));
    }
    return List.of(Finding.missing(
        "Nano model",
        "quickstart, and solve and eval without --upstream: " + folder + " lacks "
            + String.join(", ", absent),
        "./rowan nano --out " + folder));
  }
}
