package dev.rowan.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A file of completions that grows line by line. What a run that was killed left behind is kept, but for half a line. */
final class CompletionFile implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path path;
  private final FileChannel channel;
  private final Set<Key> present = new HashSet<>();
  private int errors;

  /**
   * Which completion a line holds.
   *
   * @param id of the prompt
   * @param sample which of its samples, from 0 on
   */
  record Key(String id, int sample) {}

  private CompletionFile(Path path) throws IOException {
    this.path = path;
    Optional<Path> folder = Optional.ofNullable(path.toAbsolutePath().getParent());
    if (folder.isPresent()) {
      Files.createDirectories(folder.get());
    }
    if (Files.exists(path)) {
      cutHalfLine();
      readPresent();
    }
    channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  static CompletionFile open(Path path) {
    try {
      return new CompletionFile(path);
    } catch (IOException e) {
      throw cannotWrite(path, e);
    }
  }

  private static UserException cannotWrite(Path path, IOException e) {
    return new UserException(
        Exit.OUTPUT,
        "cannot write " + path + " (" + e.getMessage() + "): give another place with --out",
        e);
  }

  private void cutHalfLine() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      long end = file.length();
      while (end > 0) {
        file.seek(end - 1);
        if (file.read() == '\n') {
          break;
        }
        end--;
      }
      file.setLength(end);
    }
  }

  private void readPresent() throws IOException {
    try (Stream<String> lines = Files.lines(path)) {
      int number = 0;
      for (String line : (Iterable<String>) lines::iterator) {
        number++;
        try {
          JsonNode json = JSON.readTree(line);
          present.add(new Key(
              json.path("id").asString(json.path("id").toString()),
              json.path("sample").asInt(0)));
          errors += json.has("error") ? 1 : 0;
        } catch (JacksonException e) {
          throw new UserException(
              Exit.OUTPUT,
              path + " line " + number + " is no completion: give another file with --out",
              e);
        }
      }
    }
  }

  int present() {
    return present.size();
  }

  boolean has(Key key) {
    return present.contains(key);
  }

  /** Lines that hold an error instead of a completion. */
  int errors() {
    return errors;
  }

  void write(ObjectNode json) {
    errors += json.has("error") ? 1 : 0;
    ByteBuffer bytes =
        ByteBuffer.wrap((JSON.writeValueAsString(json) + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw cannotWrite(path, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw cannotWrite(path, e);
    }
  }
}
