package dev.rowan.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Checks the answers of a JSONL file, several at once, and hands the results on in the file's order. */
final class VerifyFile {

  /** Takes results in order. */
  @FunctionalInterface
  interface Sink {
    void accept(VerifyResult result) throws IOException;
  }

  /** How many lines of work wait for each thread. */
  private static final int AHEAD = 64;

  private final Path file;
  private final Map<String, VerifyKind> kinds;

  VerifyFile(Path file, Map<String, VerifyKind> kinds) {
    this.file = file;
    this.kinds = kinds;
  }

  /** How many lines hold something. */
  long lines() {
    try (BufferedReader reader = open()) {
      return reader.lines().filter(line -> !line.isBlank()).count();
    } catch (IOException e) {
      throw cannotRead(e);
    }
  }

  /** Checks every line that is not blank. */
  void run(int threads, Sink sink) throws IOException, InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    Queue<Future<VerifyResult>> pending = new ArrayDeque<>();
    try (BufferedReader reader = open()) {
      int number = 0;
      for (Iterator<String> it = reader.lines().iterator(); it.hasNext(); ) {
        String line = it.next();
        int at = ++number;
        if (!line.isBlank()) {
          pending.add(pool.submit(() -> check(line, at)));
        }
        while (pending.size() > threads * AHEAD) {
          sink.accept(next(pending));
        }
      }
      while (!pending.isEmpty()) {
        sink.accept(next(pending));
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static VerifyResult next(Queue<Future<VerifyResult>> pending)
      throws InterruptedException {
    try {
      return pending.remove().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UserException mistake) {
        throw mistake;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private VerifyResult check(String text, int number) throws InterruptedException {
    Optional<VerifyLine> line = Optional.empty();
    try {
      line = Optional.of(VerifyLine.read(number == 1 ? text.replaceFirst("^\uFEFF", "") : text));
      return check(kinds, line.get());
    } catch (VerifyLine.BadColumnException e) {
      return VerifyResult.unreadable(line, number, String.valueOf(e.getMessage()));
    }
  }

  /** Checks one line with the kind that it names. */
  static VerifyResult check(Map<String, VerifyKind> kinds, VerifyLine line)
      throws InterruptedException {
    String name = line.kind();
    VerifyKind kind = Optional.ofNullable(kinds.get(name))
        .orElseThrow(() -> new VerifyLine.BadColumnException("has the unknown kind '" + name
            + "': choose one of " + String.join(", ", kinds.keySet())));
    long start = System.nanoTime();
    VerifyKind.Checked checked = kind.check(line);
    double millis = (System.nanoTime() - start) / 1e6;
    return new VerifyResult(line.columns(), true, checked.verdict(), checked.extracted(), millis);
  }

  private BufferedReader open() {
    if (Files.isDirectory(file)) {
      throw new UserException(Exit.PROBLEMS, file + " is a folder: give a JSONL file");
    }
    try {
      // Bytes that are no UTF-8 become marks inside their line; the other lines are not touched.
      return new BufferedReader(
          new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      throw new UserException(Exit.PROBLEMS, "no file " + file + ": give a JSONL file", e);
    } catch (IOException e) {
      throw cannotRead(e);
    }
  }

  private UserException cannotRead(IOException e) {
    return new UserException(
        Exit.PROBLEMS,
        "cannot read " + file + " (" + e.getMessage() + "): give a JSONL file in UTF-8",
        e);
  }
}
