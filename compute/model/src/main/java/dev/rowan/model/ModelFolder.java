package dev.rowan.model;

import dev.rowan.tensor.DType;
import dev.rowan.tensor.Scope;
import dev.rowan.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model folder in Hugging Face's layout: {@code config.json}, {@code model.safetensors} or several of them with an index,
 * {@code tokenizer.json}.
 *
 * @param path the folder
 */
public record ModelFolder(Path path) implements ModelFiles {

  private static final long SHARD_BYTES = 5_000_000_000L;

  /** {@inheritDoc} Where {@code generation_config.json} says what ends a sequence, it has the last word. */
  @Override
  public LlamaConfig config() {
    Path generation = path.resolve("generation_config.json");
    List<Integer> eos = Files.exists(generation) ? ConfigFile.eosIds(generation) : List.of();
    return ConfigFile.read(path.resolve("config.json"), eos);
  }

  @Override
  public Tokenizer tokenizer() {
    return Tokenizer.open(path.resolve("tokenizer.json"));
  }

  @Override
  public Optional<ChatTemplate> chatTemplate() {
    return TokenizerConfig.read(path).chatTemplate();
  }

  @Override
  public LlamaWeights weights() {
    return LlamaWeights.fromHuggingFace(config(), Shards.open(path), DType.FLOAT32);
  }

  @Override
  public ParameterRows parameters() {
    return new CheckpointRows(config(), Shards.open(path));
  }

  /** Every tensor of the folder under its own name, in the current scope. */
  public Map<String, Tensor> tensors() {
    return Shards.open(path).tensors();
  }

  /**
   * Writes configuration and weights, and {@code extra} tensors such as a reward head's, all in {@code dtype}. Each file
   * is whole or as it was.
   *
   * @throws IOException if the folder cannot be written
   */
  public void write(LlamaWeights weights, Map<String, Tensor> extra, DType dtype)
      throws IOException {
    Files.createDirectories(path);
    try (Scope _ = Scope.open()) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      weights.toHuggingFace().forEach((name, tensor) -> tensors.put(name, tensor.to(dtype)));
      extra.forEach((name, tensor) -> tensors.put(name, tensor.detach().to(dtype)));
      Shards.write(path, tensors, SHARD_BYTES);
    }
    Path temporary = path.resolve("config.json.tmp");
    try {
      Files.writeString(temporary, weights.config().toJson());
      Files.move(
          temporary,
          path.resolve("config.json"),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Copies the tokenizer's files to another model folder. */
  public void copyTokenizer(ModelFolder to) throws IOException {
    for (String name : List.of("tokenizer.json", "tokenizer_config.json", "chat_template.jinja")) {
      if (Files.exists(path.resolve(name))) {
        Files.copy(
            path.resolve(name), to.path().resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
