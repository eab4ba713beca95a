package dev.rowan.cli;

import dev.rowan.core.LoneSurrogates;
import dev.rowan.core.Message;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
    // Bytes first: one that is no UTF-8 is its own line's trouble.
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      int number = 0;
      for (Optional<String> line = next(reader); line.isPresent(); line = next(reader)) {
        number++;
        ByteBuffer bytes = ByteBuffer.wrap(line.get().getBytes(StandardCharsets.ISO_8859_1));
        if (!line.get().isBlank()) {
          lines.add(of(bytes, number));
        }
      }
    } catch (IOException e) {
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

  private static Optional<String> next(BufferedReader reader) throws IOException {
    return Optional.ofNullable(reader.readLine());
  }

  private static PromptLine of(ByteBuffer bytes, int number) {
    try {
      String line = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      return of(number == 1 ? line.replaceFirst("^\uFEFF", "") : line, "line " + number);
    } catch (CharacterCodingException e) {
      String line = StandardCharsets.UTF_8.decode(bytes.rewind()).toString();
      return unusable(line, "line " + number, "the line is not UTF-8");
    }
  }

  private static PromptLine of(String line, String otherwise) {
    try {
      if (JSON.readTree(line) instanceof ObjectNode json) {
        JsonNode id = json.path("id");
        return new PromptLine(
            json, id.isMissingNode() ? otherwise : id.asString(id.toString()), task(json));
      }
    } catch (JacksonException e) {
      // The same to the user as JSON that is no object.
    }
    return unusable(line, otherwise, "the line is no JSON object");
  }

  private static PromptLine unusable(String line, String name, String why) {
    return new PromptLine(JSON.createObjectNode().put("line", line), name, new Task.Unusable(why));
  }

  private static Task task(ObjectNode json) {
    if (json.path("prompt").isString()) {
      return checked(new Task.Text(json.path("prompt").asString()), json.path("prompt"));
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
    return checked(new Task.Chat(messages), json.path("messages"));
  }

  private static Task checked(Task task, JsonNode said) {
    return LoneSurrogates.in(said.toString())
        ? new Task.Unusable("half a character (a lone surrogate) is in the text")
        : task;
  }
}
