package dev.rowan.berry.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes {@code summary.json}. */
public final class SummaryFile {

  private static final JsonMapper JSON = JsonMapper.builder()
      .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
      .enable(SerializationFeature.INDENT_OUTPUT)
      .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
      .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
      .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
      .build();

  private SummaryFile() {}

  /**
   * Writes the summary under a temporary name and renames it, so that {@code file} is never half-written.
   *
   * @throws IOException if the folder cannot be written
   */
  public static void write(Path file, Summary summary) throws IOException {
    NewFile.write(file, JSON.writeValueAsString(summary) + "\n");
  }

  /**
   * Reads a summary.
   *
   * @throws IOException if the file cannot be read, or holds anything but a summary
   */
  public static Summary read(Path file) throws IOException {
    String text = Files.readString(file);
    try {
      return JSON.readValue(text, Summary.class);
    } catch (JacksonException notSummary) {
      throw new IOException(
          file + " is no summary of a run: " + notSummary.getOriginalMessage(), notSummary);
    }
  }

  /** The summary on one line. */
  static String line(Summary summary) {
    return JSON.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(summary);
  }
}
