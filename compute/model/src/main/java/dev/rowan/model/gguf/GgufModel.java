package dev.rowan.model.gguf;

import dev.rowan.model.ChatTemplate;
import dev.rowan.model.LlamaConfig;
import dev.rowan.model.LlamaWeights;
import dev.rowan.model.ModelFiles;
import dev.rowan.model.Tokenizer;
import dev.rowan.tensor.DType;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The model in a GGUF file.
 *
 * @param path the file
 */
public record GgufModel(Path path) implements ModelFiles {

  @Override
  public LlamaConfig config() {
    try (GgufFile file = GgufFile.open(path)) {
      return GgufConfig.read(file);
    }
  }

  @Override
  public LlamaWeights weights() {
    try (GgufFile file = GgufFile.open(path)) {
      LlamaConfig config = GgufConfig.read(file);
      return LlamaWeights.fromHuggingFace(config, new GgufNames(file, config), DType.FLOAT32);
    }
  }

  @Override
  public Optional<ChatTemplate> chatTemplate() {
    try (GgufFile file = GgufFile.open(path)) {
      GgufMetadata metadata = new GgufMetadata(file);
      return metadata
          .maybeText("tokenizer.chat_template")
          .map(template -> new ChatTemplate(
              template,
              token(metadata, "tokenizer.ggml.bos_token_id"),
              token(metadata, "tokenizer.ggml.eos_token_id")));
    }
  }

  private static String token(GgufMetadata metadata, String key) {
    List<String> tokens = metadata.texts("tokenizer.ggml.tokens");
    return metadata
        .maybeWhole(key)
        .filter(id -> id >= 0 && id < tokens.size())
        .map(tokens::get)
        .orElse("");
  }

  @Override
  public Tokenizer tokenizer() {
    try (GgufFile file = GgufFile.open(path)) {
      return Tokenizer.of(new ByteArrayInputStream(GgufTokenizer.json(file)), path.toString());
    }
  }
}
