package dev.rowan.verify.lean;

import java.io.IOException;

/** A Lean that can run the judge. Safe for use by any number of threads. */
public interface Toolchain {

  /** What it is, in a few words. */
  String name();

  /**
   * Starts Lean on {@code Judge.lean}, with the library that statements and proofs may use. Its standard streams are pipes.
   *
   * @throws IOException if it cannot be started
   */
  Process start() throws IOException;
}
