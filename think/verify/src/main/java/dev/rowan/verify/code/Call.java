package dev.rowan.verify.code;

import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call of a function, and what it should return. Only the arguments go where the answer runs.
 *
 * @param entry the function
 * @param arguments an array
 * @param expected what it returns
 * @param after the arguments after the call; empty if they are its own affair
 */
record Call(String entry, JsonNode arguments, JsonNode expected, Optional<JsonNode> after) {

  /**
   * Reads pairs of JSON. An input that is no array is the only argument.
   *
   * @throws BadTestsException if one is not JSON
   */
  static List<Call> of(String entry, List<Reference.Pair> pairs) throws BadTestsException {
    List<Call> calls = new ArrayList<>();
    for (Reference.Pair pair : pairs) {
      JsonNode input = json(pair.input());
      JsonNode arguments =
          input.isArray() ? input : Values.JSON.createArrayNode().add(input);
      Optional<JsonNode> after = pair.arguments().isPresent()
          ? Optional.of(json(pair.arguments().get()))
          : Optional.empty();
      calls.add(new Call(entry, arguments, json(pair.output()), after));
    }
    return calls;
  }

  private static JsonNode json(String text) throws BadTestsException {
    try {
      return Values.JSON.readTree(text);
    } catch (JacksonException e) {
      throw new BadTestsException(
          "the inputs and outputs of a function must be JSON, unlike " + Output.quote(text), e);
    }
  }

  /** The call as {@code answer.py} takes it. */
  byte[] request() {
    ObjectNode request = Values.JSON.createObjectNode().put("op", "call");
    request.set("on", Values.tagged("e", Values.JSON.getNodeFactory().stringNode(entry)));
    request.set("args", Values.pack(arguments));
    request.set("named", Values.tagged("d", Values.JSON.createArrayNode()));
    return Values.JSON.writeValueAsBytes(request);
  }

  /** Whether a reply of {@code answer.py} is right. It may be any bytes. */
  Verdict judge(byte[] reply) {
    JsonNode said;
    try {
      said = Values.JSON.readTree(reply);
    } catch (JacksonException e) {
      return new Verdict.Incorrect(shown() + " returns what cannot be read");
    }
    if (said.has("wrong")) {
      return new Verdict.Incorrect(said.path("wrong").asString(""));
    }
    if (said.has("x")) {
      return new Verdict.Incorrect(shown() + " fails: " + said.path("x").path(0).asString("") + ": "
          + said.path("m").asString(""));
    }
    if (!Values.same(expected, said.path("v"))) {
      return new Verdict.Incorrect(shown() + " is not " + Output.quote(expected.toString()));
    }
    JsonNode left = said.has("after") ? said.path("after") : Values.pack(arguments);
    return after.isEmpty() || Values.same(after.get(), left)
        ? new Verdict.Correct()
        : new Verdict.Incorrect(shown() + " does not leave its arguments as "
            + Output.quote(after.get().toString()));
  }

  private String shown() {
    String text = arguments.toString();
    return Output.quote(entry + "(" + text.substring(1, text.length() - 1) + ")");
  }
}
