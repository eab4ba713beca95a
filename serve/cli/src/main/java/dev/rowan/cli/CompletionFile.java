package dev.rowan.cli;

import dev.rowan.core.LoneSurrogates;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A file of completions that grows line by line. What a run that was killed left behind is kept, but for half a line. A file
 * that is not the beginning of what this run writes is refused and left as it is.
 */
final class CompletionFile implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path path;
  private final Batch batch;
  private final FileChannel channel;
  private long present;
  private long errors;

  private CompletionFile(OutPath out, Batch batch, RunSettings settings, PrintWriter err)
      throws IOException {
    this.path = out.path();
    this.batch = batch;
    if (out.isFile()) {
      goOn(settings, err);
    }
    channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Opens it after the completions of {@code batch} that it holds. */
  static CompletionFile open(OutPath out, Batch batch, RunSettings settings, PrintWriter err) {
    try {
      return new CompletionFile(out, batch, settings, err);
    } catch (IOException e) {
      throw LineFile.cannotWrite(out.path(), e);
    }
  }

  private void goOn(RunSettings settings, PrintWriter err) throws IOException {
    boolean begun = Files.exists(path) && Files.size(path) > 0;
    boolean known = begun && RunSettings.areBeside(path);
    if (known) {
      settings.mustBeThoseBeside(path);
    }
    long whole = begun ? readPresent() : 0;
    if (!known) {
      if (present > 0) {
        err.println("rowan: " + path + " goes on, though nothing says which settings it was begun"
            + " with: " + RunSettings.beside(path) + " is missing");
        err.flush();
      }
      settings.keep(path);
    }
    if (begun) {
      try (FileChannel half = FileChannel.open(path, StandardOpenOption.WRITE)) {
        half.truncate(whole);
      }
    }
  }

  /** Checks and counts the lines; returns how many bytes the whole ones have. */
  private long readPresent() throws IOException {
    long whole = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
      while (true) {
        in.mark(1);
        if (in.read() < 0) {
          return whole;
        }
        in.reset();
        if (present == batch.size()) {
          throw refused("is one too many: the prompts and --samples give " + present);
        }
        int length = readLine(in, batch.item(present));
        if (length == 0) {
          return whole;
        }
        present++;
        whole += length;
      }
    }
  }

  /** Reads the line of {@code item} and returns its length, 0 for the first half of it. */
  private int readLine(InputStream in, Batch.Item item) throws IOException {
    byte[] start = bytes(item.start());
    // All but the brace: results follow.
    byte[] expected = Arrays.copyOf(start, start.length - 1);
    byte[] read = in.readNBytes(expected.length);
    if (!Arrays.equals(expected, 0, read.length, read, 0, read.length)) {
      throw refused("is no completion of " + item.name());
    }
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    int next = in.read();
    for (; next >= 0 && next != '\n'; next = in.read()) {
      rest.write(next);
    }
    if (rest.size() > 0 && rest.toByteArray()[0] != ',') {
      throw refused("is no completion of " + item.name());
    }
    if (next < 0) {
      return 0;
    }
    JsonNode results = results(rest, item);
    errors += results.has("error") ? 1 : 0;
    return read.length + rest.size() + 1;
  }

  private JsonNode results(ByteArrayOutputStream rest, Batch.Item item) {
    try {
      String text = rest.toString(StandardCharsets.UTF_8);
      JsonNode results = JSON.readTree("{" + text.substring(Math.min(1, text.length())));
      if (results.path("error").isString()
          || (results.path("completion").isString() && results.path("usage").isObject())) {
        return results;
      }
    } catch (JacksonException e) {
      // The same to the user as JSON that is something else.
    }
    throw refused("is no completion of " + item.name());
  }

  private UserException refused(String why) {
    return new UserException(
        Exit.OUTPUT,
        path + " line " + (present + 1) + " " + why + ": give another --out, or delete the file");
  }

  /** How many completions were there already: those of the batch's first items. */
  long present() {
    return present;
  }

  /** Lines that hold an error instead of a completion. */
  long errors() {
    return errors;
  }

  /** Adds the next line. */
  void write(ObjectNode json) {
    errors += json.has("error") ? 1 : 0;
    byte[] text = bytes(json);
    ByteBuffer line =
        ByteBuffer.allocate(text.length + 1).put(text).put((byte) '\n').flip();
    try {
      while (line.hasRemaining()) {
        channel.write(line);
      }
    } catch (IOException e) {
      throw LineFile.cannotWrite(path, e);
    }
  }

  private static byte[] bytes(ObjectNode json) {
    return LoneSurrogates.escapedIn(JSON.writeValueAsString(json)).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw LineFile.cannotWrite(path, e);
    }
  }
}
