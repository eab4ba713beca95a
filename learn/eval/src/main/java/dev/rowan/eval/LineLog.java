package dev.rowan.eval;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes a file line by line. While it is written, the file has the ending {@code .part}; {@link #finish} gives it its
 * name. What an interruption leaves in the {@code .part} file are whole lines.
 */
public final class LineLog implements AutoCloseable {

  /** The ending of the file while it is written. */
  public static final String PART = ".part";

  private final Path file;
  private final Path part;
  private final BufferedWriter writer;

  /**
   * Starts the file anew.
   *
   * @throws IOException if it cannot be written
   */
  public LineLog(Path file) throws IOException {
    this.file = file;
    this.part = file.resolveSibling(file.getFileName() + PART);
    this.writer = Files.newBufferedWriter(part);
  }

  /**
   * Adds a line.
   *
   * @throws UncheckedIOException if the disk is full
   */
  public void write(String line) {
    try {
      writer.write(line + "\n");
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + part + ": " + e.getMessage(), e);
    }
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
