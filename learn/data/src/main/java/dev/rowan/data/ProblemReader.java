package dev.rowan.data;

import dev.rowan.core.Message;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads problems from JSONL: {@code {"id", "question", "answer"}} on each line. Without {@code id} the problem is called
 * {@code line-N}; without {@code answer} nothing verifies it. GSM8K's own answers end in {@code #### 42}: that is the
 * reference, and the whole is kept as the tag {@code solution}. Blank lines are skipped.
 */
public final class ProblemReader {

  /** The tag that holds a worked solution. */
  public static final String SOLUTION = "solution";

  private static final String FINAL_ANSWER = "####";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** What became of a line of the file. */
  public sealed interface Line {

    /** The line's number, from 1. */
    int number();

    /**
     * A problem.
     *
     * @param number the line's number, from 1
     * @param problem what it holds
     */
    record Read(int number, Problem problem) implements Line {}

    /**
     * A line that holds no problem. The lines after it are not affected.
     *
     * @param number the line's number, from 1
     * @param reason why not, in words
     */
    record Bad(int number, String reason) implements Line {}
  }

  /**
   * The lines of a UTF-8 file, read as the stream is consumed. Close the stream to close the file.
   *
   * @throws IOException if the file cannot be opened; what fails later is an {@link UncheckedIOException}
   */
  public Stream<Line> read(Path file) throws IOException {
    BufferedReader reader = new BufferedReader(
        new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
    return read(reader.lines()).onClose(() -> close(reader));
  }

  /** What these lines of a file hold, in order. */
  public Stream<Line> read(Stream<String> lines) {
    Reading reading = new Reading();
    return lines.sequential().flatMap(text -> reading.next(text).stream());
  }

  private static void close(BufferedReader reader) {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the reader is in one file. */
  private static final class Reading {

    private final Map<String, Integer> lineOfId = new HashMap<>();
    private int number;

    Optional<Line> next(String raw) {
      number++;
      String text = number == 1 && raw.startsWith("\uFEFF") ? raw.substring(1) : raw;
      if (text.isBlank()) {
        return Optional.empty();
      }
      try {
        return Optional.of(line(JSON.readTree(text)));
      } catch (JacksonException e) {
        return Optional.of(bad("is not JSON: " + firstLine(e.getOriginalMessage())));
      }
    }

    private Line line(JsonNode json) {
      if (!json.isObject()) {
        return bad("is not a JSON object: write {\"question\": …, \"answer\": …}");
      }
      JsonNode question = json.path("question");
      if (!question.isString() || question.stringValue().isBlank()) {
        return bad(json.has("question") ? "has an empty question" : "has no \"question\"");
      }
      JsonNode answer = json.path("answer");
      if (answer.isContainer()) {
        return bad("has an \"answer\" that is neither text nor a number");
      }
      String id = json.hasNonNull("id") ? json.path("id").asString() : "line-" + number;
      Integer before = lineOfId.putIfAbsent(id, number);
      if (before != null) {
        return bad("has the id '" + id + "' of line " + before + ": give each problem its own");
      }
      return new Line.Read(number, problem(id, question.stringValue(), answer));
    }

    private static Problem problem(String id, String question, JsonNode answer) {
      List<Message> prompt = List.of(Message.user(question));
      if (answer.isMissingNode() || answer.isNull()) {
        return new Problem(id, prompt, new Reference.None(), Map.of());
      }
      String text = answer.asString();
      int mark = text.lastIndexOf(FINAL_ANSWER);
      if (mark < 0) {
        return new Problem(id, prompt, new Reference.FinalAnswer(text.strip()), Map.of());
      }
      String value = text.substring(mark + FINAL_ANSWER.length()).strip();
      return new Problem(id, prompt, new Reference.FinalAnswer(value), Map.of(SOLUTION, text));
    }

    private Line bad(String reason) {
      return new Line.Bad(number, reason);
    }

    private static String firstLine(String message) {
      return message.lines().findFirst().orElse("unreadable");
    }
  }
}
