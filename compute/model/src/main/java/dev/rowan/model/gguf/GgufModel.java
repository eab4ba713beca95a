package dev.rowan.model.gguf;

import dev.rowan.model.ChatTemplate;
import dev.rowan.model.CheckpointRows;
import dev.rowan.model.LlamaConfig;
import dev.rowan.model.LlamaWeights;
import dev.rowan.model.ModelFiles;
import dev.rowan.model.ParameterRows;
import dev.rowan.model.Tokenizer;
import dev.rowan.tensor.DType;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The model in a GGUF file, which is opened at the first question and read once. Safe for use by any number of threads. */
public final class GgufModel implements ModelFiles {

  private static final String TOKENS = "tokenizer.ggml.tokens";

  private final Path path;
  private @Nullable GgufFile opened;

  /** The model in this file. */
  public GgufModel(Path path) {
    this.path = path;
  }

  private synchronized GgufFile file() {
    if (opened == null) {
      opened = GgufFile.open(path);
    }
    return opened;
  }

  @Override
  public LlamaConfig config() {
    return GgufConfig.read(file());
  }

  @Override
  public LlamaWeights weights() {
    LlamaConfig config = config();
    return LlamaWeights.fromHuggingFace(config, new GgufNames(file(), config), DType.FLOAT32);
  }

  @Override
  public ParameterRows parameters() {
    LlamaConfig config = config();
    return new CheckpointRows(config, new GgufNames(file(), config));
  }

  @Override
  public Optional<ChatTemplate> chatTemplate() {
    GgufMetadata metadata = new GgufMetadata(file());
    return metadata
        .maybeText("tokenizer.chat_template")
        .map(template -> new ChatTemplate(
            template,
            token(metadata, "tokenizer.ggml.bos_token_id"),
            token(metadata, "tokenizer.ggml.eos_token_id")));
  }

  private static String token(GgufMetadata metadata, String key) {
    return metadata
        .maybeWhole(key)
        .filter(id -> id >= 0 && id < metadata.count(TOKENS))
        .map(id -> metadata.textAt(TOKENS, id))
        .orElse("");
  }

  @Override
  public Tokenizer tokenizer() {
    return Tokenizer.of(new ByteArrayInputStream(GgufTokenizer.json(file())), path.toString());
  }
}
