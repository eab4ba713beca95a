package dev.rowan.cli;

import dev.rowan.core.Message;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A line of a file of prompts.
 *
 * @param json the line; one that is no object has only its text, as "line"
 * @param id what it is called: its "id", or else its number in the file
 * @param task what is asked for
 */
record PromptLine(ObjectNode json, String id, Task task) {

  /** What a line asks for. */
  sealed interface Task {

    /** To continue a text. */
    record Text(String text) implements Task {}

    /** To answer a chat. */
    record Chat(List<Message> messages) implements Task {}

    /** Nothing that could be done. */
    record Unusable(String why) implements Task {}
  }

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Map<String, Message.Role> ROLES = Map.of(
      "system", Message.Role.SYSTEM,
      "user", Message.Role.USER,
      "assistant", Message.Role.ASSISTANT);

  /** The lines of a file that are not blank. */
  static List<PromptLine> read(Path file) {
    List<PromptLine> lines = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      reader.lines().forEach(line -> {
        if (!line.isBlank()) {
          lines.add(of(line, lines.size() + 1));
        }
      });
    } catch (IOException | UncheckedIOException e) {
      throw new UserException(
          Exit.PROBLEMS,
          "cannot read " + file + " (" + e.getMessage() + "): give a JSONL file with --prompts",
          e);
    }
    if (lines.isEmpty()) {
      throw new UserException(
          Exit.PROBLEMS,
          file
              + " holds no prompt: write {\"id\", \"prompt\"} or {\"id\", \"messages\"} on each line");
    }
    return lines;
  }

  static PromptLine of(String line, int number) {
    String otherwise = "line " + number;
    try {
      if (JSON.readTree(line) instanceof ObjectNode json) {
        JsonNode id = json.path("id");
        return new PromptLine(
            json, id.isMissingNode() ? otherwise : id.asString(id.toString()), task(json));
      }
    } catch (JacksonException e) {
      // The same to the user as JSON that is no object.
    }
    ObjectNode json = JSON.createObjectNode().put("line", line);
    return new PromptLine(json, otherwise, new Task.Unusable("the line is no JSON object"));
  }

  private static Task task(ObjectNode json) {
    if (json.path("prompt").isString()) {
      return new Task.Text(json.path("prompt").asString());
    }
    if (!json.path("messages").isArray() || json.path("messages").isEmpty()) {
      return new Task.Unusable("the line has neither a text 'prompt' nor a list 'messages'");
    }
    List<Message> messages = new ArrayList<>();
    for (JsonNode message : json.path("messages")) {
      String role = message.path("role").asString("").toLowerCase(Locale.ROOT);
      Optional<Message.Role> known = Optional.ofNullable(ROLES.get(role));
      if (known.isEmpty() || !message.path("content").isString()) {
        return new Task.Unusable("a message has the role '" + role
            + "' or no text: roles are system, user and assistant");
      }
      messages.add(new Message(known.get(), message.path("content").asString()));
    }
    return new Task.Chat(messages);
  }
}
