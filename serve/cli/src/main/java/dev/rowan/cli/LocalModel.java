package dev.rowan.cli;

import dev.rowan.core.Message;
import dev.rowan.engine.Engine;
import dev.rowan.engine.EngineSettings;
import dev.rowan.model.ChatTemplate;
import dev.rowan.model.ModelException;
import dev.rowan.model.ModelFiles;
import dev.rowan.model.Tokenizer;
import dev.rowan.model.store.ModelStore;
import dev.rowan.policy.LocalPolicy;
import dev.rowan.policy.PromptEncoder;
import dev.rowan.tensor.DType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

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
    // Beside the weights, which take as long.
    CompletableFuture<Tokenizer> tokenizer = CompletableFuture.supplyAsync(files::tokenizer);
    CompletableFuture<Optional<ChatTemplate>> template =
        CompletableFuture.supplyAsync(() -> ready(files.chatTemplate()));
    EngineSettings settings =
        type.map(EngineSettings::forThisMachine).orElseGet(EngineSettings::forThisMachine);
    try {
      Engine engine = new Engine(files.parameters(), settings);
      PromptEncoder encoder = new PromptEncoder(tokenizer.join(), template.join());
      return new LocalModel(tokenizer.join(), engine, encoder, template.join().isPresent());
    } catch (ModelException e) {
      discard(tokenizer);
      throw e;
    } catch (CompletionException e) {
      discard(tokenizer);
      throw e.getCause() instanceof ModelException broken ? broken : e;
    }
  }

  private static void discard(CompletableFuture<Tokenizer> tokenizer) {
    try {
      tokenizer.join().close();
    } catch (CompletionException e) {
      // There is none.
    }
  }

  /** The first chat that is rendered loads the library: better now than when the user waits for it. */
  private static Optional<ChatTemplate> ready(Optional<ChatTemplate> template) {
    try {
      template.ifPresent(it -> it.render(List.of(Message.user("Hello")), true));
    } catch (ModelException e) {
      // This template wants other chats, and may have them.
    }
    return template;
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
