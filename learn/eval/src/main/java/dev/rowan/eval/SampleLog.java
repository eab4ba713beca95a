package dev.rowan.eval;

import dev.rowan.core.LoneSurrogates;
import dev.rowan.core.Trajectory;
import dev.rowan.core.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes samples to a {@link LineLog} as JSON, one a line: {@code id, sample, completion, finish, verdict, reason,
 * extracted, tokens, seed}.
 */
public final class SampleLog implements Consumer<Sample>, AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final LineLog lines;

  /**
   * Starts the file anew.
   *
   * @throws IOException if it cannot be written
   */
  public SampleLog(Path file) throws IOException {
    this.lines = new LineLog(file);
  }

  /**
   * Adds a sample.
   *
   * @throws UncheckedIOException if the disk is full
   */
  @Override
  public void accept(Sample sample) {
    lines.write(json(sample));
  }

  /** The sample's line, without its end. */
  public static String json(Sample sample) {
    return LoneSurrogates.escapedIn(JSON.writeValueAsString(line(sample)));
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
    lines.finish();
  }

  /** Stops writing. Without {@link #finish}, the lines so far stay in the {@code .part} file. */
  @Override
  public void close() throws IOException {
    lines.close();
  }
}
