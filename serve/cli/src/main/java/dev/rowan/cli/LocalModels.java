package dev.rowan.cli;

import dev.rowan.berry.nano.NanoBuild;
import dev.rowan.core.ProcessRewardModel;
import dev.rowan.engine.Engine;
import dev.rowan.engine.EngineSettings;
import dev.rowan.model.LlamaWeights;
import dev.rowan.model.ModelFolder;
import dev.rowan.model.TokenHead;
import dev.rowan.model.Tokenizer;
import dev.rowan.policy.LocalPolicy;
import dev.rowan.policy.PromptEncoder;
import dev.rowan.reward.TokenHeadRewardModel;
import dev.rowan.tensor.Scope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Opens model folders on this machine's engine, with the process reward model in their sub-folder if there is one. Their
 * questions end with a line break.
 */
final class LocalModels implements PolicySource {

  @Override
  public OpenPolicy open(Path path) {
    ModelFolder folder = new ModelFolder(path);
    ModelFolder judge = new ModelFolder(path.resolve(NanoBuild.JUDGE));
    Deque<AutoCloseableQuietly> open = new ArrayDeque<>();
    try {
      Tokenizer tokenizer = opened(open, folder.tokenizer());
      Engine engine = opened(open, engine(folder));
      PromptEncoder encoder = new PromptEncoder(tokenizer, engine.config());
      Optional<ProcessRewardModel> prm = Files.exists(judge.path().resolve("config.json"))
          ? Optional.of(judge(judge, encoder, open))
          : Optional.empty();
      return new OpenPolicy(
          path.toString(),
          new LocalPolicy(engine, encoder),
          prm,
          Wordings::endingItsLine,
          () -> close(open));
    } catch (RuntimeException e) {
      close(open);
      throw e;
    }
  }

  private static ProcessRewardModel judge(
      ModelFolder folder, PromptEncoder encoder, Deque<AutoCloseableQuietly> open) {
    try (LlamaWeights weights = folder.weights();
        Scope _ = Scope.open();
        TokenHead head = TokenHead.read(folder.tensors(), weights)) {
      Engine engine = new Engine(weights, EngineSettings.forThisMachine());
      open.push(engine::close);
      return new TokenHeadRewardModel(engine, head, encoder);
    }
  }

  private static Engine engine(ModelFolder folder) {
    try (LlamaWeights weights = folder.weights()) {
      return new Engine(weights, EngineSettings.forThisMachine());
    }
  }

  /** Something that closes without an exception. */
  @FunctionalInterface
  private interface AutoCloseableQuietly {
    void close();
  }

  private static Tokenizer opened(Deque<AutoCloseableQuietly> open, Tokenizer tokenizer) {
    open.push(tokenizer::close);
    return tokenizer;
  }

  private static Engine opened(Deque<AutoCloseableQuietly> open, Engine engine) {
    open.push(engine::close);
    return engine;
  }

  private static void close(Deque<AutoCloseableQuietly> open) {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }
}
