package dev.rowan.policy.openai;

import dev.rowan.core.Message;
import dev.rowan.core.Prefix;
import dev.rowan.core.Sampling;
import dev.rowan.core.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Words a request for one streamed completion. */
final class ChatRequest {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** Chat templates wrap messages into tokens of their own, and may add a system message. */
  private static final int TEMPLATE_TOKENS = 64;

  private static final int TEMPLATE_TOKENS_PER_MESSAGE = 16;

  private final ObjectNode body;

  private ChatRequest(ObjectNode body) {
    this.body = body;
  }

  /** The request for at most {@code maxTokens} tokens after {@code prefix}, in the endpoint's dialect. */
  static ChatRequest of(
      Endpoint endpoint, Dialect dialect, Prefix prefix, Sampling sampling, long maxTokens) {
    ObjectNode body = JSON.createObjectNode();
    body.put("model", endpoint.model());
    ArrayNode array = body.putArray("messages");
    for (Message message : messages(prefix)) {
      array
          .addObject()
          .put("role", message.role().name().toLowerCase(Locale.ROOT))
          .put("content", message.content());
    }
    putSampling(body, dialect, sampling);
    body.put(
        dialect.takes(Dialect.MAX_TOKENS) ? Dialect.MAX_TOKENS : Dialect.MAX_COMPLETION_TOKENS,
        maxTokens);
    body.put("stream", true);
    if (dialect.takes(Dialect.STREAM_OPTIONS)) {
      body.putObject(Dialect.STREAM_OPTIONS).put("include_usage", true);
    }
    if (endpoint.logProbs() && dialect.takes(Dialect.LOG_PROBS)) {
      body.put(Dialect.LOG_PROBS, true);
    }
    if (!prefix.steps().isEmpty()) {
      putContinuation(body, dialect);
    }
    return new ChatRequest(body);
  }

  private static List<Message> messages(Prefix prefix) {
    List<Message> messages = new ArrayList<>(prefix.problem().prompt());
    if (!prefix.steps().isEmpty()) {
      String chain = prefix.steps().stream().map(Step::text).collect(Collectors.joining());
      messages.add(new Message(Message.Role.ASSISTANT, chain));
    }
    return messages;
  }

  private static void putSampling(ObjectNode body, Dialect dialect, Sampling sampling) {
    body.put("temperature", sampling.temperature());
    if (sampling.topP() < 1) {
      body.put("top_p", sampling.topP());
    }
    if (sampling.topK() > 0) {
      body.put("top_k", sampling.topK());
    }
    if (dialect.takes(Dialect.SEED)) {
      // 31 bits are what every endpoint takes.
      body.put(Dialect.SEED, sampling.seed() & Integer.MAX_VALUE);
    }
    if (!sampling.stop().isEmpty()) {
      ArrayNode stop = body.putArray("stop");
      sampling.stop().forEach(stop::add);
    }
  }

  /** Words for "go on with the last message": vLLM and SGLang need them, others refuse them and are asked without. */
  private static void putContinuation(ObjectNode body, Dialect dialect) {
    if (dialect.takes(Dialect.CONTINUE)) {
      body.put(Dialect.CONTINUE, true);
      if (dialect.takes(Dialect.NEW_TURN)) {
        body.put(Dialect.NEW_TURN, false);
      }
    }
  }

  /** The JSON to send. */
  String json() {
    return JSON.writeValueAsString(body);
  }

  /** The names of the parameters in it. */
  Set<String> parameters() {
    return body.propertyStream().map(entry -> entry.getKey()).collect(Collectors.toSet());
  }

  /** No tokenizer makes more tokens than this of the prompt: one a byte, and what the chat template adds. */
  static long promptBound(Prefix prefix) {
    return messages(prefix).stream()
            .mapToLong(m ->
                m.content().getBytes(StandardCharsets.UTF_8).length + TEMPLATE_TOKENS_PER_MESSAGE)
            .sum()
        + TEMPLATE_TOKENS;
  }
}
