package dev.rowan.cli;

import dev.rowan.engine.Engine;
import dev.rowan.engine.EngineSettings;
import dev.rowan.model.LlamaWeights;
import dev.rowan.model.ModelFolder;
import dev.rowan.model.Tokenizer;
import dev.rowan.policy.LocalPolicy;
import dev.rowan.policy.PromptEncoder;
import java.nio.file.Path;
import java.util.Optional;

/** Opens model folders on this machine's engine. Their questions end with a line break. */
final class LocalModels implements PolicySource {

  @Override
  public OpenPolicy open(Path path) {
    ModelFolder folder = new ModelFolder(path);
    Tokenizer tokenizer = folder.tokenizer();
    Engine engine = engine(folder);
    return new OpenPolicy(
        path.toString(),
        new LocalPolicy(engine, new PromptEncoder(tokenizer, engine.config())),
        Optional.empty(),
        Wordings::endingItsLine,
        () -> {
          engine.close();
          tokenizer.close();
        });
  }

  private static Engine engine(ModelFolder folder) {
    try (LlamaWeights weights = folder.weights()) {
      return new Engine(weights, EngineSettings.forThisMachine());
    }
  }
}
