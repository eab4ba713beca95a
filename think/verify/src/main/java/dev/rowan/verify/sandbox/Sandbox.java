package dev.rowan.verify.sandbox;

import java.io.IOException;

/** Starts programs that nobody trusts. Safe for use by any number of threads. */
@FunctionalInterface
public interface Sandbox {

  /**
   * Starts a job. Its three streams are pipes; its wall clock and the length of its output are the caller's to bound.
   * {@link Process#destroyForcibly} on what is returned ends everything that the job has started.
   *
   * @throws IOException if it cannot be started
   */
  Process start(Job job) throws IOException;

  /** Whether what runs here is kept from the user's files, network and processes. */
  default boolean isolates() {
    return true;
  }
}
