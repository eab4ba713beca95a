package dev.rowan.policy;

import dev.rowan.engine.Engine;
import dev.rowan.engine.EngineSettings;
import dev.rowan.model.LlamaConfig;
import dev.rowan.model.LlamaWeights;
import dev.rowan.model.Tokenizer;
import dev.rowan.tensor.DType;
import dev.rowan.tensor.RandomStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** A random model of 16 tokens on an engine. */
final class TinyModel implements AutoCloseable {

  static final int EOS = 1;

  private final Tokenizer tokenizer;
  private final Engine engine;
  private final PromptEncoder encoder;

  private TinyModel(int context, int cacheTokens, int embedScale) throws URISyntaxException {
    LlamaConfig config = new LlamaConfig(16, 64, 96, 1, 4, 2, 16, context, 10_000, 1e-5, EOS, 0);
    this.tokenizer = Tokenizer.open(
        Path.of(Objects.requireNonNull(TinyModel.class.getResource("/tiny-tokenizer.json"))
            .toURI()));
    this.encoder = new PromptEncoder(tokenizer);
    try (LlamaWeights weights = LlamaWeights.random(config, new RandomStream(7))) {
      weights.embed().mulInPlace(embedScale);
      this.engine = new Engine(weights, new EngineSettings(1, 16, 64, cacheTokens, DType.FLOAT32));
    }
  }

  /** Writes this and that. */
  static TinyModel fickle(int context, int cacheTokens) throws URISyntaxException {
    return new TinyModel(context, cacheTokens, 2);
  }

  /** Repeats the last token for ever when it is asked for the most likely one: embeddings are tied. */
  static TinyModel stubborn(int context) throws URISyntaxException {
    return new TinyModel(context, context, 12);
  }

  PromptEncoder encoder() {
    return encoder;
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
