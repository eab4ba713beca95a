package dev.rowan.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, seen by a command as the interruption of its thread: it gives up its roll-outs and removes what is half-written
 * before the process ends with code 130.
 */
final class Interruption {

  private static final int PATIENCE_SECONDS = 5;

  private final CountDownLatch over = new CountDownLatch(1);

  private Interruption() {}

  /** From now on, Ctrl-C interrupts the thread that calls this. */
  static Interruption ofThisThread() {
    Interruption interruption = new Interruption();
    Thread command = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> interruption.interrupt(command), "interruption"));
    return interruption;
  }

  private void interrupt(Thread command) {
    if (over.getCount() == 0) {
      return;
    }
    command.interrupt();
    try {
      if (!over.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("rowan: the command did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The command has ended: nothing is left to interrupt. */
  void over() {
    over.countDown();
  }
}
