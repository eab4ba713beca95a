package dev.rowan.cli;

import dev.rowan.berry.nano.NanoBuild;
import dev.rowan.core.ProcessRewardModel;
import dev.rowan.engine.Engine;
import dev.rowan.engine.EngineSettings;
import dev.rowan.model.LlamaWeights;
import dev.rowan.model.ModelFolder;
import dev.rowan.model.TokenHead;
import dev.rowan.policy.PromptEncoder;
import dev.rowan.reward.TokenHeadRewardModel;
import dev.rowan.tensor.DType;
import dev.rowan.tensor.Scope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Opens models on this machine's engine, with the process reward model in their sub-folder if there is one. Those that read
 * chats are told how to end; to the others, questions end with a line break.
 */
final class LocalModels implements PolicySource {

  @Override
  public OpenPolicy open(Path path, Optional<DType> type) {
    ModelFolder judge = new ModelFolder(path.resolve(NanoBuild.JUDGE));
    Deque<AutoCloseableQuietly> open = new ArrayDeque<>();
    try {
      LocalModel model = LocalModel.open(path, type);
      open.push(model::close);
      Optional<ProcessRewardModel> prm = Files.exists(judge.path().resolve("config.json"))
          ? Optional.of(judge(judge, model.encoder(), open))
          : Optional.empty();
      OpenPolicy policy = new OpenPolicy(
          path.toString(), model.policy(), prm, Wordings::endingItsLine, () -> close(open));
      return model.chats() ? policy.chatting(Wordings.DEFAULT_SYSTEM) : policy;
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

  /** Something that closes without an exception. */
  @FunctionalInterface
  private interface AutoCloseableQuietly {
    void close();
  }

  private static void close(Deque<AutoCloseableQuietly> open) {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }
}
