package dev.rowan.verify.code;

import dev.rowan.verify.sandbox.Execution;
import dev.rowan.verify.sandbox.Execution.End;
import dev.rowan.verify.sandbox.Execution.Outcome;
import dev.rowan.verify.sandbox.Job;
import dev.rowan.verify.sandbox.Sandbox;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A process in a sandbox of its own that is talked to in lines. It may be hostile: a line may be anything. */
final class Peer implements AutoCloseable {

  private static final int MAX_LINE = 64 << 20;
  private static final int MAX_ERROR = 4096;
  private static final int PATIENCE_SECONDS = 2;

  private final Process process;
  private final InputStream from;
  private final OutputStream to;
  private final CompletableFuture<String> error = new CompletableFuture<>();
  private volatile boolean late;
  private boolean flooded;

  private Peer(Process process, Duration wall) {
    this.process = process;
    from = new BufferedInputStream(process.getInputStream());
    to = process.getOutputStream();
    Thread.startVirtualThread(this::readError);
    Thread.startVirtualThread(() -> watch(wall));
  }

  /** Starts one that ends after this long at the latest. */
  static Peer start(Sandbox sandbox, Job job, Duration wall) throws IOException {
    return new Peer(sandbox.start(job), wall);
  }

  private void watch(Duration wall) {
    try {
      late = !process.waitFor(wall.toMillis(), TimeUnit.MILLISECONDS);
      close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void readError() {
    try (InputStream stream = process.getErrorStream()) {
      error.complete(new String(stream.readNBytes(MAX_ERROR), StandardCharsets.UTF_8));
      stream.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      error.complete("");
    }
  }

  /** Sends a line. That nobody reads it is seen when no reply comes. */
  void say(byte[] line) {
    try {
      to.write(line);
      to.write('\n');
      to.flush();
    } catch (IOException e) {
      // It has ended: hear() says so.
    }
  }

  /** The next line; empty if it has ended, or sends more than anyone needs. */
  Optional<byte[]> hear() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next;
    while ((next = read()) != '\n') {
      flooded = line.size() >= MAX_LINE;
      if (next < 0 || flooded) {
        return Optional.empty();
      }
      line.write(next);
    }
    return Optional.of(line.toByteArray());
  }

  private int read() throws IOException {
    try {
      return from.read();
    } catch (IOException e) {
      if (process.isAlive()) {
        throw e;
      }
      return -1;
    }
  }

  /** How it ended, once {@link #hear} says that it did; it is ended if it goes on. */
  Outcome outcome() throws IOException, InterruptedException {
    boolean over = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    close();
    int exit = over ? process.exitValue() : process.waitFor();
    End end = flooded ? End.FLOODED : late ? End.TIMED_OUT : End.EXITED;
    String words =
        error.completeOnTimeout("", PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    return new Outcome(exit, "", words, end);
  }

  @Override
  public void close() {
    Execution.kill(process);
  }
}
