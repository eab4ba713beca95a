package dev.rowan.berry;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run on disk. Every part is written under another name and renamed when it is whole, so that a run which is killed at any
 * moment finds the parts before that moment, and no half ones.
 */
final class RunFolder {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path path;

  /** The folder of a run; it is made when the first part is written. */
  RunFolder(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /**
   * Keeps other runs out of the folder until the file is closed, or this process ends in whatever way.
   *
   * @throws IOException if the folder cannot be written
   * @throws BerryException if another run has it
   */
  FileChannel lock() throws IOException {
    Files.createDirectories(path);
    FileChannel file = FileChannel.open(
        path.resolve("run.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (file.tryLock() != null) {
        return file;
      }
    } catch (OverlappingFileLockException ofThisProcess) {
      file.close();
      throw new BerryException(taken(), ofThisProcess);
    }
    file.close();
    throw new BerryException(taken());
  }

  private String taken() {
    return "another run is at work in " + path
        + ": wait until it has finished, or choose another folder";
  }

  /** Where the checkpoint of a round lies. */
  Path checkpoint(int round) {
    return round(round).resolve("checkpoint");
  }

  private Path round(int round) {
    return path.resolve(String.format(Locale.ROOT, "round-%04d", round));
  }

  /** Writes something of a round. */
  @FunctionalInterface
  interface Writer {
    void write(Path folder) throws IOException;
  }

  /** A new round, whole or not at all. */
  void writeRound(int number, Writer writer) throws IOException {
    Path temporary = path.resolve("round.part");
    delete(temporary);
    Files.createDirectories(temporary);
    writer.write(temporary);
    Files.move(temporary, round(number), StandardCopyOption.ATOMIC_MOVE);
  }

  /** The metrics of every finished round, in order. */
  List<RoundRecord> rounds() {
    List<RoundRecord> rounds = new ArrayList<>();
    while (Files.exists(round(rounds.size() + 1))) {
      rounds.add(read(round(rounds.size() + 1).resolve("metrics.json"), RoundRecord.class));
    }
    return rounds;
  }

  /** Forgets the checkpoint of a round that is no longer the last. */
  void dropCheckpoint(int round) throws IOException {
    delete(checkpoint(round));
  }

  /** A value that an earlier process has written. */
  <T> Optional<T> find(String name, Class<T> type) {
    Path file = path.resolve(name);
    return Files.exists(file) ? Optional.of(read(file, type)) : Optional.empty();
  }

  /** Writes a value, whole or not at all. */
  void write(String name, Object value) throws IOException {
    Files.createDirectories(path);
    write(path, name, value);
  }

  static void write(Path folder, String name, Object value) throws IOException {
    Path temporary = folder.resolve(name + ".part");
    Files.writeString(temporary, JSON.writeValueAsString(value) + "\n");
    Files.move(
        temporary,
        folder.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static <T> T read(Path file, Class<T> type) {
    try {
      // "null" is JSON, too.
      return Optional.ofNullable(JSON.readValue(Files.readString(file), type))
          .orElseThrow(() -> new BerryException(damaged(file)));
    } catch (IOException | JacksonException e) {
      throw new BerryException(damaged(file), e);
    }
  }

  private static String damaged(Path file) {
    return file + " is damaged or missing: delete the run folder and start anew";
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
