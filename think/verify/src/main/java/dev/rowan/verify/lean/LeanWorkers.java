package dev.rowan.verify.lean;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Warm Leans of one role, started when first needed and kept. One that fails is ended, and another starts in its place with
 * the next request. Safe for use by any number of threads.
 */
final class LeanWorkers implements AutoCloseable {

  private final Toolchain toolchain;
  private final boolean keep;
  private final Semaphore free;
  private final Deque<LeanWorker> idle = new ArrayDeque<>();
  private boolean closed;

  /**
   * At most {@code size} at once; if not {@code keep}, each answers one request only.
   *
   * @param toolchain starts them
   */
  LeanWorkers(Toolchain toolchain, int size, boolean keep) {
    this.toolchain = toolchain;
    this.keep = keep;
    this.free = new Semaphore(size);
  }

  /** The answer of a free Lean to {@code request}; the limit does not count its start. */
  String ask(String request, Duration limit) throws IOException, InterruptedException {
    free.acquire();
    try {
      LeanWorker worker = take().orElse(null);
      if (worker == null) {
        worker = LeanWorker.start(toolchain);
      }
      boolean sound = false;
      try {
        String answer = worker.ask(request, limit);
        sound = keep && !answer.startsWith("?");
        return answer;
      } finally {
        giveBack(worker, sound);
      }
    } finally {
      free.release();
    }
  }

  private synchronized Optional<LeanWorker> take() throws LeanException {
    if (closed) {
      throw new LeanException("the Lean verifier is closed");
    }
    return Optional.ofNullable(idle.pollFirst());
  }

  private synchronized void giveBack(LeanWorker worker, boolean sound) {
    if (sound && !closed) {
      idle.addFirst(worker);
    } else {
      worker.close();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    idle.forEach(LeanWorker::close);
    idle.clear();
  }
}
