package dev.rowan.cli;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One answer to check, with what it takes: the columns of a line of JSON.
 *
 * @param columns all of them
 */
record VerifyLine(ObjectNode columns) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A column is missing or wrong. The message goes on after "the line": {@code has no "gold"}. */
  static final class BadColumnException extends RuntimeException {

    private static final long serialVersionUID = 1;

    BadColumnException(String message) {
      super(message);
    }
  }

  /**
   * Reads a line.
   *
   * @throws BadColumnException if it is not a JSON object
   */
  static VerifyLine read(String text) {
    try {
      if (JSON.readTree(text) instanceof ObjectNode columns) {
        return new VerifyLine(columns);
      }
    } catch (JacksonException e) {
      throw new BadColumnException(
          "is not JSON: " + e.getOriginalMessage().lines().findFirst().orElse("unreadable"));
    }
    throw new BadColumnException("is not a JSON object: write {\"kind\": …, \"answer\": …}");
  }

  /** The kind of check; a line in HumanEval's columns need not say it. */
  String kind() {
    boolean humanEval = columns.hasNonNull("test") && columns.hasNonNull("entry_point");
    return humanEval && !columns.hasNonNull("kind") ? "code" : text("kind");
  }

  /** The text of a column; that of a number too. */
  String text(String column) {
    return find(column)
        .orElseThrow(() -> new BadColumnException(
            columns.hasNonNull(column)
                ? "has a \"" + column + "\" that is no text"
                : "has no \"" + column + "\""));
  }

  /** The text of a column, or the JSON that it holds. */
  String json(String column) {
    JsonNode node = columns.path(column);
    return node.isContainer() ? node.toString() : text(column);
  }

  /** The text of a column that may be missing; empty also if it holds no text. */
  Optional<String> find(String column) {
    JsonNode node = columns.path(column);
    return node.isValueNode() && !node.isNull() ? Optional.of(node.asString()) : Optional.empty();
  }
}
