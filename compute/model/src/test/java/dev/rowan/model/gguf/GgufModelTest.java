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
import dev.rowan.model.RopeScaling;
import dev.rowan.model.Tokenizer;
import dev.rowan.tensor.DType;
import dev.rowan.tensor.Scope;
import dev.rowan.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
  @ValueSource(strings = {"llama", "llama31", "llama-yarn", "mistral", "qwen2", "qwen3"})
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
    assertThatThrownBy(() -> edited(folder, "qwen2", "qwen2", "llama").config())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(".bias'");
    assertThatThrownBy(
            () -> edited(folder, "llama", "blk.1.attn_k", "blk.2.attn_k").config())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("'blk.2.attn_k.weight'");
    assertThatThrownBy(() ->
            edited(folder, "qwen2", "blk.1.attn_k.bias", "blk.1.attn_k.bios").weights())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("'blk.1.attn_k.bios'");
    assertThatThrownBy(() -> edited(folder, "llama", "gpt-2", "gpt-9").tokenizer())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("'gpt-9'");
    assertThatThrownBy(() -> edited(folder, "llama", "gpt2", "bert").tokenizer())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("'bert'");
  }

  /** The small Llama with one more setting, and a comment that keeps the tensors where they must lie. */
  private static GgufModel with(Path folder, GgufBytes setting)
      throws IOException, URISyntaxException {
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(resource("gguf/llama.gguf")))
        .order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(16, file.getLong(16) + 2);
    String comment = "x".repeat(Math.floorMod(-setting.bytes().length - 24, 32));
    byte[] more = new GgufBytes().value("note", 8).text(comment).bytes();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(file.array(), 0, 24);
    all.writeBytes(setting.bytes());
    all.writeBytes(more);
    all.write(file.array(), 24, file.capacity() - 24);
    return new GgufModel(Files.write(folder.resolve("more.gguf"), all.toByteArray()));
  }

  private static GgufBytes real(String name, double value) {
    return new GgufBytes().value("llama." + name, 6).u32(Float.floatToIntBits((float) value));
  }

  private static GgufBytes whole(String name, long value) {
    return new GgufBytes().value("llama." + name, 4).u32(value);
  }

  @Test
  void settingsThatChangeTheNumbersAreRefusedByName(@TempDir Path folder)
      throws IOException, URISyntaxException {
    for (GgufBytes setting : List.of(
        real("logit_scale", 0.5),
        real("embedding_scale", 5),
        real("attention.scale", 0.7),
        real("attention.clamp_kqv", 8),
        whole("rope.dimension_count", 2),
        whole("attention.value_length", 2),
        whole("attention.causal", 0))) {
      String text = new String(setting.bytes(), StandardCharsets.ISO_8859_1);
      String name = text.substring(8, 8 + (int) text.charAt(0));
      assertThatThrownBy(() -> with(folder, setting).config())
          .isInstanceOf(ModelException.class)
          .hasMessageContaining(name);
    }
    LlamaConfig plain = model("llama").config();
    for (GgufBytes setting : List.of(
        real("logit_scale", 1),
        real("attention.scale", 0.5),
        whole("rope.dimension_count", 4),
        whole("vocab_size", 40))) {
      assertThat(with(folder, setting).config()).isEqualTo(plain);
    }
    assertThat(with(folder, real("rope.scale_linear", 4)).config().variant().ropeScaling())
        .isEqualTo(new RopeScaling.Linear(4));
    assertThat(with(folder, real("rope.scaling.factor", 3)).config().variant().ropeScaling())
        .isEqualTo(new RopeScaling.Linear(3));
    assertThatThrownBy(() -> with(folder, real("rope.scaling.factor", -1)).config())
        .hasMessageContaining("-1.0")
        .hasMessageNotContaining("config.json");
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
