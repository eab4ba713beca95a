package dev.rowan.berry;

import dev.rowan.data.nano.NanoVocabulary;
import dev.rowan.model.LlamaConfig;
import dev.rowan.model.LlamaWeights;
import dev.rowan.model.ModelFolder;
import dev.rowan.model.TokenHead;
import dev.rowan.tensor.DType;
import dev.rowan.tensor.RandomStream;
import dev.rowan.tensor.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Model folders that babble in the nano families' vocabulary. */
public final class TinyModels {

  /** Their shape. */
  public static final LlamaConfig CONFIG = new LlamaConfig(
      80,
      32,
      64,
      2,
      2,
      1,
      16,
      NanoVocabulary.MAX_LENGTH,
      10_000,
      1e-5,
      NanoVocabulary.EOS,
      NanoVocabulary.PAD);

  private TinyModels() {}

  /** Writes the tokenizer's files. */
  public static ModelFolder withTokenizer(Path path) throws IOException {
    Files.createDirectories(path);
    Files.writeString(path.resolve("tokenizer.json"), NanoVocabulary.tokenizerJson());
    Files.writeString(path.resolve("tokenizer_config.json"), NanoVocabulary.tokenizerConfigJson());
    return new ModelFolder(path);
  }

  static ModelFolder policy(Path path) throws IOException {
    ModelFolder folder = withTokenizer(path);
    try (LlamaWeights weights = weights(1)) {
      folder.write(weights, Map.of(), DType.BFLOAT16);
    }
    return folder;
  }

  static ModelFolder judge(Path path) throws IOException {
    ModelFolder folder = withTokenizer(path);
    try (LlamaWeights weights = weights(2);
        TokenHead head = TokenHead.initial(weights)) {
      folder.write(weights, head.parameters(), DType.BFLOAT16);
    }
    return folder;
  }

  private static LlamaWeights weights(long seed) {
    try (Scope _ = Scope.open()) {
      return LlamaWeights.random(CONFIG, new RandomStream(seed));
    }
  }
}
