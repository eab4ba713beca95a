package dev.rowan.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What decides a run's completions besides its prompts: kept beside the completions, so that only the same run goes on.
 *
 * @param options each option's name, without dashes, and its value
 */
record RunSettings(Map<String, String> options) {

  /** What the name of their file adds to that of the completions. */
  static final String ENDING = ".settings.json";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The file of the settings of {@code out}. */
  static Path beside(Path out) {
    return out.resolveSibling(out.getFileName() + ENDING);
  }

  /** Keeps them beside {@code out}, whole or not at all. */
  void keep(Path out) throws IOException {
    Path file = beside(out);
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(part, JSON.writeValueAsString(options) + "\n");
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Whether {@code out} has any. */
  static boolean areBeside(Path out) {
    return Files.exists(beside(out));
  }

  /** Refuses to go on with {@code out} if the settings beside it are others. */
  void mustBeThoseBeside(Path out) throws IOException {
    JsonNode kept;
    try {
      kept = JSON.readTree(Files.readAllBytes(beside(out)));
    } catch (JacksonException e) {
      throw new UserException(
          Exit.OUTPUT,
          beside(out) + " is damaged: delete it and " + out + ", or give another --out",
          e);
    }
    List<String> before = new ArrayList<>();
    List<String> now = new ArrayList<>();
    options.forEach((name, value) -> {
      String old = kept.path(name).asString("unknown");
      if (!old.equals(value)) {
        before.add("--" + name + " " + old);
        now.add("--" + name + " " + value);
      }
    });
    if (!before.isEmpty()) {
      throw new UserException(
          Exit.OUTPUT,
          out + " was begun with " + String.join(" ", before) + ", not " + String.join(" ", now)
              + ": give the same, give another --out, or delete the file");
    }
  }
}
