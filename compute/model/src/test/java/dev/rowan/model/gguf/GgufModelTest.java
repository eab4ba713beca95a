package dev.rowan.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rowan.core.Message;
import dev.rowan.model.Llama;
import dev.rowan.model.LlamaConfig;
import dev.rowan.model.LlamaWeights;
import dev.rowan.model.ModelException;
import dev.rowan.model.ModelFolder;
import dev.rowan.model.Tokenizer;
import dev.rowan.tensor.DType;
import dev.rowan.tensor.Scope;
import dev.rowan.tensor.Tensor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Models of every family in GGUF, against transformers ({@code src/test/peers/make_tiny_ggufs.py}). */
final class GgufModelTest {

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(GgufModelTest.class.getResource("/" + name)).toURI());
  }

  private static GgufModel model(String name) throws URISyntaxException {
    return new GgufModel(resource("gguf/" + name + ".gguf"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "llama31", "mistral", "qwen2", "qwen3"})
  void givesTheLogitsOfTransformers(String name) throws IOException, URISyntaxException {
    Path folder = resource("tiny/" + name);
    JsonNode expected =
        JsonMapper.shared().readTree(Files.readString(folder.resolve("expected.json")));
    long[] ids = expected
        .path("ids")
        .valueStream()
        .flatMap(JsonNode::valueStream)
        .mapToLong(JsonNode::asLong)
        .toArray();
    double[] values = expected
        .path("logits")
        .valueStream()
        .flatMap(JsonNode::valueStream)
        .flatMap(JsonNode::valueStream)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
    try (Scope _ = Scope.open();
        LlamaWeights weights = model(name).weights()) {
      Llama llama = new Llama(weights, DType.FLOAT32);
      float[] logits =
          llama.logits(llama.hidden(Tensor.of(ids, 2, ids.length / 2))).toFloats();
      for (int i = 0; i < values.length; i++) {
        assertThat((double) logits[i]).as("%s %d", name, i).isCloseTo(values[i], within(1e-4));
      }
      LlamaConfig config = weights.config();
      LlamaConfig theirs = new ModelFolder(folder).config();
      assertThat(config.variant()).isEqualTo(theirs.variant());
      assertThat(config.eosIds()).isEqualTo(theirs.eosIds());
      assertThat(config.padId()).isEqualTo(theirs.padId());
      assertThat(model(name).config()).isEqualTo(config);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "llama31", "qwen2"})
  void mergesAndSplitsAsTheFileSays(String name) throws URISyntaxException {
    try (Tokenizer tokenizer = model(name).tokenizer()) {
      // ab is merged, then abc; a space joins the word after it.
      assertThat(tokenizer.encode("abc")).containsExactly(33);
      assertThat(tokenizer.encode("ab a<end>")).containsExactly(32, 35, 1);
      assertThat(tokenizer.decode(32, 35, 1)).isEqualTo("ab a");
      assertThat(tokenizer.encode("12")).containsExactly(30, 31);
      // Only this one was trained to see a token before all others.
      int[] start = name.equals("llama31") ? new int[] {2, 33} : new int[] {33};
      assertThat(tokenizer.encodeStart("abc")).isEqualTo(start);
    }
  }

  @Test
  void chatsAreReadAsTheFileSays() throws URISyntaxException {
    assertThat(model("qwen3").chatTemplate().orElseThrow().render(List.of(Message.user("a")), true))
        .isEqualTo("<begin>user:a<end>");
  }

  /** The file with one text in it replaced by another of the same length. */
  private static GgufModel edited(Path folder, String name, String from, String to)
      throws IOException, URISyntaxException {
    String bytes =
        Files.readString(resource("gguf/" + name + ".gguf"), StandardCharsets.ISO_8859_1);
    assertThat(bytes).contains(from);
    assertThat(to).hasSameSizeAs(from);
    Path file = folder.resolve("edited.gguf");
    return new GgufModel(
        Files.writeString(file, bytes.replace(from, to), StandardCharsets.ISO_8859_1));
  }

  @Test
  void whatCannotBeRunIsNamed(@TempDir Path folder) throws IOException, URISyntaxException {
    assertThatThrownBy(() -> edited(folder, "qwen2", "qwen2", "gemma").config())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("'gemma'");
    assertThatThrownBy(
            () -> edited(folder, "qwen2", "block_count", "block_xxxxx").config())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("'qwen2.block_count'");
    assertThatThrownBy(() ->
            edited(folder, "qwen2", "blk.1.attn_k.bias", "blk.1.attn_k.bios").weights())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("'blk.1.attn_k.bias'");
    assertThatThrownBy(() -> edited(folder, "llama", "gpt-2", "gpt-9").tokenizer())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("'gpt-9'");
    assertThatThrownBy(() -> edited(folder, "llama", "gpt2", "bert").tokenizer())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("'bert'");
  }

  @Property(tries = 300)
  void damageIsRefusedOrHarmless(
      @ForAll @IntRange(max = 5000) int place, @ForAll @Size(min = 1, max = 4) byte[] values)
      throws IOException, URISyntaxException {
    byte[] bytes = Files.readAllBytes(resource("gguf/llama31.gguf"));
    System.arraycopy(values, 0, bytes, place, values.length);
    Path file = Files.createTempFile("damaged", ".gguf");
    try {
      GgufModel model = new GgufModel(Files.write(file, bytes));
      model.config();
      model.chatTemplate();
      model.tokenizer().close();
      model.weights().close();
    } catch (ModelException refused) {
      assertThat(refused).hasMessageNotContaining("\n");
    } finally {
      Files.delete(file);
    }
  }
}
