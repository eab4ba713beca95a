package dev.rowan.cli;

import dev.rowan.engine.Engine;
import dev.rowan.engine.EngineSettings;
import dev.rowan.model.ChatTemplate;
import dev.rowan.model.LlamaWeights;
import dev.rowan.model.ModelFiles;
import dev.rowan.model.Tokenizer;
import dev.rowan.model.store.ModelStore;
import dev.rowan.policy.LocalPolicy;
import dev.rowan.policy.PromptEncoder;
import dev.rowan.tensor.DType;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A model on this machine's engine.
 *
 * @param tokenizer its tokenizer
 * @param engine what runs it
 * @param encoder how prompts become its tokens
 * @param chats whether it was taught to read chats
 */
record LocalModel(Tokenizer tokenizer, Engine engine, PromptEncoder encoder, boolean chats)
    implements AutoCloseable {

  /** Loads the model in a folder or GGUF file; its products are of {@code type}, or of this machine's fastest. */
  static LocalModel open(Path path, Optional<DType> type) {
    ModelFiles files = ModelStore.files(path);
    Optional<ChatTemplate> template = files.chatTemplate();
    Tokenizer tokenizer = files.tokenizer();
    try (LlamaWeights weights = files.weights()) {
      EngineSettings settings =
          type.map(EngineSettings::forThisMachine).orElseGet(EngineSettings::forThisMachine);
      Engine engine = new Engine(weights, settings);
      PromptEncoder encoder = new PromptEncoder(tokenizer, engine.config(), template);
      return new LocalModel(tokenizer, engine, encoder, template.isPresent());
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  LocalPolicy policy() {
    return new LocalPolicy(engine, encoder);
  }

  @Override
  public void close() {
    engine.close();
    tokenizer.close();
  }
}
