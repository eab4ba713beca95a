package dev.rowan.model.store;

import dev.rowan.testkit.ByteTokenizer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** A whole model that is small. */
final class TinyModel {

  static final List<String> FILES = List.of("config.json", "model.safetensors", "tokenizer.json");

  private TinyModel() {}

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(Objects.requireNonNull(TinyModel.class.getResource(name)).toURI());
  }

  /** Writes its folder. */
  static Path write(Path folder) throws IOException, URISyntaxException {
    Files.createDirectories(folder);
    for (String name : FILES.subList(0, 2)) {
      Files.copy(resource("/tiny/llama").resolve(name), folder.resolve(name));
    }
    Files.writeString(folder.resolve("tokenizer.json"), ByteTokenizer.json());
    return folder;
  }

  /** The same in one file. */
  static Path gguf() throws URISyntaxException {
    return resource("/gguf/llama.gguf");
  }
}
