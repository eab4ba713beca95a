package dev.rowan.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a model folder says about chats: {@code tokenizer_config.json}, and {@code chat_template.jinja} in newer ones.
 *
 * @param folder the folder
 * @param json the first of these; empty if there is none
 */
record TokenizerConfig(Path folder, JsonNode json) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  static TokenizerConfig read(Path folder) {
    Path file = folder.resolve("tokenizer_config.json");
    try {
      return new TokenizerConfig(
          folder,
          Files.exists(file) ? JSON.readTree(Files.readString(file)) : JSON.createObjectNode());
    } catch (IOException | JacksonException e) {
      throw new ModelException(file + " is not JSON: fetch the model again", e);
    }
  }

  Optional<ChatTemplate> chatTemplate() {
    return template().map(text -> new ChatTemplate(text, token("bos_token"), token("eos_token")));
  }

  private Optional<String> template() {
    Path apart = folder.resolve("chat_template.jinja");
    if (Files.exists(apart)) {
      try {
        return Optional.of(Files.readString(apart));
      } catch (IOException e) {
        throw new ModelException(apart + " is not text: fetch the model again", e);
      }
    }
    JsonNode given = json.path("chat_template");
    // Several under names: "default" is the one for plain chats.
    JsonNode one = given.isArray()
        ? given
            .valueStream()
            .filter(template -> template.path("name").asString("").equals("default"))
            .findFirst()
            .orElse(given)
            .path("template")
        : given;
    return one.isString() ? Optional.of(one.asString()) : Optional.empty();
  }

  /** A token's text, which is given as such or as an object. */
  private String token(String name) {
    JsonNode token = json.path(name);
    return token.isString() ? token.asString() : token.path("content").asString("");
  }
}
