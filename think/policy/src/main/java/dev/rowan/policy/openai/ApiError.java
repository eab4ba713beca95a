package dev.rowan.policy.openai;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an endpoint says when it refuses.
 *
 * @param message in its words, on one line
 * @param parameter the parameter it complains about; empty if it does not say
 * @param code its name for the error; empty if it has none
 */
record ApiError(String message, String parameter, String code) {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int LONGEST = 300;

  /** Reads {@code {"error": {"message", "param", "code"}}}, its relatives, or any other text. */
  static ApiError parse(String body) {
    try {
      return of(JSON.readTree(body), body);
    } catch (JacksonException e) {
      return new ApiError(oneLine(body), "", "");
    }
  }

  /** Reads a parsed body; {@code body} stands in where it holds no message. */
  static ApiError of(JsonNode root, String body) {
    JsonNode error = root.path("error");
    if (error.isString()) {
      return new ApiError(oneLine(error.asString()), "", "");
    }
    JsonNode node = error.isObject() ? error : root;
    JsonNode message = node.path("message");
    return new ApiError(
        oneLine(message.isString() ? message.asString() : body),
        node.path("param").asString(""),
        node.path("code").asString(""));
  }

  private static String oneLine(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  /** Whether the prompt and the answer do not fit into the model's context. */
  boolean saysTooLong() {
    return code.equals("context_length_exceeded")
        || code.equals("exceed_context_size_error")
        || message.contains("context length")
        || message.contains("context window")
        || message.contains("context size");
  }
}
