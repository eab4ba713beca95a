package dev.rowan.verify.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs jobs to their end: feeds them, keeps what they write up to a cap, and ends them when their time is over. */
public final class Execution {

  /** Most bytes kept of each stream; a job that writes more is ended. */
  public static final int MAX_OUTPUT = 4 << 20;

  /** How long the streams of a process that has ended may stay open: something outside a sandbox may hold them. */
  private static final long LINGER_SECONDS = 2;

  private static final int KILLED = 137;

  private final Process process;
  private final CompletableFuture<byte[]> stdout;
  private final CompletableFuture<byte[]> stderr;

  private Execution(Process process, byte[] stdin) {
    this.process = process;
    stdout = read(process.getInputStream());
    stderr = read(process.getErrorStream());
    Thread.startVirtualThread(() -> feed(stdin));
  }

  /**
   * What came of a job.
   *
   * @param exit its exit code; 128 and the signal's number if a signal ended it
   * @param stdout what it wrote there, at most {@link #MAX_OUTPUT} bytes
   * @param stderr the same of standard error
   * @param end how it ended
   */
  public record Outcome(int exit, String stdout, String stderr, End end) {}

  /** How a job ended. */
  public enum End {
    /** By itself, or by a limit of {@link Limits}. */
    EXITED,
    /** Its wall-clock time was over. */
    TIMED_OUT,
    /** It wrote more than {@link #MAX_OUTPUT} bytes. */
    FLOODED
  }

  /**
   * Runs a job with these bytes as its standard input, for this long at most.
   *
   * @throws IOException if it cannot be started, or this thread is interrupted
   */
  public static Outcome run(Sandbox sandbox, Job job, byte[] stdin, Duration wall)
      throws IOException {
    Execution execution = new Execution(sandbox.start(job), stdin);
    try {
      return execution.await(wall);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      execution.kill();
    }
  }

  private Outcome await(Duration wall) throws InterruptedException, IOException {
    boolean ended = process.waitFor(wall.toMillis(), TimeUnit.MILLISECONDS);
    kill();
    byte[] out = result(stdout);
    byte[] err = result(stderr);
    boolean flooded = out.length > MAX_OUTPUT || err.length > MAX_OUTPUT;
    End end = flooded ? End.FLOODED : ended ? End.EXITED : End.TIMED_OUT;
    return new Outcome(ended ? process.exitValue() : KILLED, text(out), text(err), end);
  }

  private void kill() {
    kill(process);
  }

  /** Ends a job's process and all that it has started; what it has written can still be read. */
  public static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    // The process itself would close the streams too, and with them what is still to be read.
    process.toHandle().destroyForcibly();
  }

  private CompletableFuture<byte[]> read(InputStream stream) {
    CompletableFuture<byte[]> all = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      try (stream) {
        byte[] bytes = stream.readNBytes(MAX_OUTPUT + 1);
        if (bytes.length > MAX_OUTPUT) {
          kill();
        }
        all.complete(bytes);
      } catch (IOException e) {
        all.completeExceptionally(e);
      }
    });
    return all;
  }

  private void feed(byte[] stdin) {
    try (OutputStream stream = process.getOutputStream()) {
      stream.write(stdin);
    } catch (IOException e) {
      // The job ended, or closed its input, without reading everything: that is its own affair.
    }
  }

  private static byte[] result(CompletableFuture<byte[]> stream)
      throws InterruptedException, IOException {
    try {
      return stream.get(LINGER_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new IOException("the output of a job cannot be read", e);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, 0, Math.min(bytes.length, MAX_OUTPUT), StandardCharsets.UTF_8);
  }
}
