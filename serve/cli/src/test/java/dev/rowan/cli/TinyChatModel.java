package dev.rowan.cli;

import dev.rowan.model.LlamaConfig;
import dev.rowan.model.LlamaWeights;
import dev.rowan.model.ModelFolder;
import dev.rowan.tensor.DType;
import dev.rowan.tensor.RandomStream;
import dev.rowan.tensor.Scope;
import dev.rowan.testkit.ByteTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A model folder that reads bytes and chats, and writes nonsense. */
final class TinyChatModel {

  private static final String TEMPLATE =
      "{% for m in messages %}<|im_start|>{{ m.role }}: {{ m.content }}<|im_end|>{% endfor %}"
          + "{% if add_generation_prompt %}<|im_start|>{% endif %}";

  private TinyChatModel() {}

  static Path write(Path folder) throws IOException {
    LlamaConfig config = new LlamaConfig(
        ByteTokenizer.VOCABULARY, 16, 32, 1, 2, 1, 16, 512, 10_000, 1e-5, ByteTokenizer.END, 0);
    try (Scope _ = Scope.open();
        LlamaWeights weights = LlamaWeights.random(config, new RandomStream(1))) {
      new ModelFolder(folder).write(weights, Map.of(), DType.FLOAT32);
    }
    Files.writeString(folder.resolve("tokenizer.json"), ByteTokenizer.json());
    Files.writeString(folder.resolve("chat_template.jinja"), TEMPLATE);
    return folder;
  }
}
