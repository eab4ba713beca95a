package dev.rowan.eval;

import dev.rowan.core.Trajectory;
import dev.rowan.core.Verdict;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes samples as JSON, one a line: {@code id, sample, completion, finish, verdict, reason, extracted, tokens, seed}.
 * While it is written, the file has the ending {@code .part}; {@link #finish} gives it its name. What an interrupted
 * evaluation leaves in the {@code .part} file are whole lines.
 */
public final class SampleLog implements Consumer<Sample>, AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path file;
  private final Path part;
  private final BufferedWriter writer;

  /**
   * Starts the file anew.
   *
   * @throws IOException if it cannot be written
   */
  public SampleLog(Path file) throws IOException {
    this.file = file;
    this.part = file.resolveSibling(file.getFileName() + ".part");
    this.writer = Files.newBufferedWriter(part);
  }

  /**
   * Adds a sample.
   *
   * @throws UncheckedIOException if the disk is full
   */
  @Override
  public void accept(Sample sample) {
    try {
      writer.write(JSON.writeValueAsString(line(sample)) + "\n");
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + part + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, Object> line(Sample sample) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("id", sample.problem().id());
    line.put("sample", sample.number());
    line.put("completion", sample.chain().map(Trajectory::text).orElse(""));
    line.put("finish", sample.chain().map(chain -> chain.finish().name()).orElse("NONE"));
    switch (sample.verdict()) {
      case Verdict.Correct correct -> line.put("verdict", "correct");
      case Verdict.Incorrect(String reason) -> {
        line.put("verdict", "incorrect");
        line.put("reason", reason);
      }
      case Verdict.Unverifiable(String cause) -> {
        line.put("verdict", "unverifiable");
        line.put("reason", cause);
      }
    }
    sample.extracted().ifPresent(answer -> line.put("extracted", answer));
    line.put("tokens", sample.usage().completionTokens());
    line.put("seed", sample.seed());
    return line;
  }

  /**
   * Completes the file and gives it its name, replacing an older one.
   *
   * @throws IOException if the disk is full
   */
  public void finish() throws IOException {
    writer.close();
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Stops writing. Without {@link #finish}, the lines so far stay in the {@code .part} file. */
  @Override
  public void close() throws IOException {
    writer.close();
  }
}
