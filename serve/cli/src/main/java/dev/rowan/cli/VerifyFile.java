package dev.rowan.cli;

import dev.rowan.model.ModelException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.node.JsonNodeFactory;

/** Checks the answers of a JSONL file, several at once, and hands the results on in the file's order. */
final class VerifyFile {

  /** Takes results in order. */
  @FunctionalInterface
  interface Sink {
    void accept(VerifyResult result) throws IOException;
  }

  private static final Path STANDARD_INPUT = Path.of("-");

  /** How many lines of work wait for each thread. */
  private static final int AHEAD = 64;

  private final Path file;
  private final Map<String, VerifyKind> kinds;

  VerifyFile(Path file, Map<String, VerifyKind> kinds) {
    this.file = file;
    this.kinds = kinds;
  }

  /** How many lines hold something; unknown for what can be read only once, such as a pipe. */
  OptionalLong lines() {
    if (file.equals(STANDARD_INPUT) || (Files.exists(file) && !Files.isRegularFile(file))) {
      return OptionalLong.empty();
    }
    try (BufferedReader reader = open()) {
      return OptionalLong.of(reader.lines().filter(line -> !line.isBlank()).count());
    } catch (IOException | UncheckedIOException e) {
      throw cannotRead(e);
    }
  }

  /**
   * Checks every line that is not blank.
   *
   * @param threads how many checks compute at once; those that wait for somebody else come on top
   */
  void run(int threads, Sink sink) throws IOException, InterruptedException {
    Queue<Pending> pending = new ArrayDeque<>();
    try (Pools pools = new Pools(threads);
        BufferedReader reader = open()) {
      int number = 0;
      for (Iterator<String> it = reader.lines().iterator(); it.hasNext(); ) {
        String line = it.next();
        number++;
        if (!line.isBlank()) {
          pending.add(start(pools, number == 1 ? line.replaceFirst("^\uFEFF", "") : line, number));
        }
        while (pending.size() > threads * AHEAD) {
          sink.accept(pending.remove().result());
        }
      }
      while (!pending.isEmpty()) {
        sink.accept(pending.remove().result());
      }
    } catch (UncheckedIOException e) {
      throw cannotRead(e);
    }
  }

  /** Where checks run: as many as there are cores, or as many as there are. */
  private record Pools(ExecutorService computing, ExecutorService waiting)
      implements AutoCloseable {

    Pools(int threads) {
      this(Executors.newFixedThreadPool(threads), Executors.newVirtualThreadPerTaskExecutor());
    }

    /** Gives up what has not ended, and waits until it has. */
    @Override
    public void close() {
      computing.shutdownNow();
      waiting.shutdownNow();
      computing.close();
      waiting.close();
    }
  }

  /** A line that is being checked. */
  private record Pending(VerifyLine line, int number, Future<VerifyResult> check) {

    /** A check that fails is its line's own trouble, unless its cause would be that of every line. */
    VerifyResult result() throws InterruptedException {
      try {
        return check.get();
      } catch (ExecutionException e) {
        return switch (e.getCause()) {
          case UserException mistake -> throw mistake;
          case ModelException missing -> throw missing;
          case OutOfMemoryError full -> throw full;
          case VerifyLine.BadColumnException bad ->
            VerifyResult.unreadable(line, number, String.valueOf(bad.getMessage()));
          case IllegalArgumentException bad ->
            VerifyResult.unreadable(line, number, "cannot be checked: " + bad.getMessage());
          case null, default ->
            VerifyResult.unreadable(line, number, "met a fault of Rowan itself: " + e.getCause());
        };
      }
    }
  }

  private Pending start(Pools pools, String text, int number) {
    VerifyLine line = new VerifyLine(JsonNodeFactory.instance.objectNode());
    try {
      line = VerifyLine.read(text);
      VerifyLine whole = line;
      VerifyKind kind = kind(kinds, whole);
      ExecutorService pool = kind.waits() ? pools.waiting() : pools.computing();
      return new Pending(whole, number, pool.submit(() -> check(kind, whole)));
    } catch (VerifyLine.BadColumnException e) {
      return new Pending(line, number, CompletableFuture.failedFuture(e));
    }
  }

  /** The kind that a line names. */
  static VerifyKind kind(Map<String, VerifyKind> kinds, VerifyLine line) {
    String name = line.kind();
    return Optional.ofNullable(kinds.get(name))
        .orElseThrow(() -> new VerifyLine.BadColumnException("has the unknown kind '" + name
            + "': choose one of " + String.join(", ", kinds.keySet())));
  }

  /** Checks one line. */
  static VerifyResult check(VerifyKind kind, VerifyLine line) throws InterruptedException {
    long start = System.nanoTime();
    VerifyKind.Checked checked = kind.check(line);
    double millis = (System.nanoTime() - start) / 1e6;
    return new VerifyResult(line.columns(), true, checked.verdict(), checked.extracted(), millis);
  }

  private BufferedReader open() {
    if (file.equals(STANDARD_INPUT)) {
      return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    }
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

  private UserException cannotRead(Exception e) {
    Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
    String why = cause instanceof AccessDeniedException
        ? "no permission"
        : String.valueOf(cause.getMessage());
    return new UserException(
        Exit.PROBLEMS, "cannot read " + file + " (" + why + "): give a JSONL file in UTF-8", e);
  }
}
