package dev.rowan.verify.lean;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One running Lean. Answers one request after the other; for one thread at a time. */
final class LeanWorker implements AutoCloseable {

  /** Most characters of an answer: a proof term with millions of parts. */
  private static final int MAX_ANSWER = 64 << 20;

  private static final Duration START = Duration.ofMinutes(10);

  private final Process process;
  private final BufferedReader out;
  private final Writer in;
  private final Thread drain;
  private volatile String lastWords = "";

  private LeanWorker(Process process) {
    this.process = process;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    this.drain = Thread.ofVirtual().start(this::drainErrors);
  }

  /** Starts Lean and waits until it is ready. */
  static LeanWorker start(Toolchain toolchain) throws IOException, InterruptedException {
    LeanWorker worker = new LeanWorker(toolchain.start());
    boolean ready = false;
    try {
      ready = worker.within(START, worker::readLine).startsWith("ready ");
      if (!ready) {
        throw new LeanException(toolchain.name() + " does not run the judge; is it 4.25 or newer?");
      }
      return worker;
    } finally {
      if (!ready) {
        worker.close();
      }
    }
  }

  /**
   * What Lean writes in answer to a request, up to and with a line that ends answers: one that is {@code .} or starts with
   * {@code !}, {@code =} or {@code ?}.
   *
   * @throws LeanException if Lean ends, takes longer than {@code limit} or writes without end; it is of no more use then
   */
  String ask(String request, Duration limit) throws IOException, InterruptedException {
    return within(limit, () -> {
      in.write(request);
      in.flush();
      StringBuilder answer = new StringBuilder();
      for (; ; ) {
        String line = readLine();
        answer.append(line).append('\n');
        if (line.equals(".") || (!line.isEmpty() && "!=?".indexOf(line.charAt(0)) >= 0)) {
          return answer.toString();
        }
        if (answer.length() > MAX_ANSWER) {
          throw new LeanException("Lean writes more than " + MAX_ANSWER + " characters");
        }
      }
    });
  }

  private interface Exchange {
    String run() throws IOException;
  }

  private String within(Duration limit, Exchange exchange)
      throws IOException, InterruptedException {
    FutureTask<String> task = new FutureTask<>(exchange::run);
    Thread.startVirtualThread(task);
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new LeanException("Lean took longer than " + limit.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
      throw new LeanException(String.valueOf(cause.getMessage()), cause);
    }
  }

  private String readLine() throws IOException {
    return Optional.ofNullable(out.readLine())
        .orElseThrow(() -> new LeanException("Lean ended without an answer" + reason()));
  }

  private String reason() {
    try {
      drain.join(Duration.ofSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return lastWords.isEmpty() ? "" : ": " + lastWords;
  }

  private void drainErrors() {
    try (BufferedReader errors = process.errorReader(StandardCharsets.UTF_8)) {
      for (String line; (line = errors.readLine()) != null; ) {
        if (!line.isBlank() && lastWords.isEmpty()) {
          lastWords = line.strip().substring(0, Math.min(200, line.strip().length()));
        }
      }
    } catch (IOException e) {
      // The process was ended while it wrote; what it said is of no interest then.
      lastWords = "";
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
