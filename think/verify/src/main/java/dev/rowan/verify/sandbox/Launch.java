package dev.rowan.verify.sandbox;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Starts processes that die with their parent. The kernel means the thread that started them, so each gets a thread that
 * lives as long as it does; a pooled thread would take them with it whenever the pool shrinks.
 */
final class Launch {

  private Launch() {}

  static Process start(ProcessBuilder builder) throws IOException {
    CompletableFuture<Process> started = new CompletableFuture<>();
    Thread.ofPlatform().daemon().name("rowan-sandbox").start(() -> {
      try {
        Process process = builder.start();
        started.complete(process);
        process.waitFor();
      } catch (IOException e) {
        started.completeExceptionally(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    try {
      return started.join();
    } catch (CompletionException e) {
      throw new IOException("cannot start " + builder.command().getFirst(), e.getCause());
    }
  }
}
