package dev.rowan.model.store;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** A stream that breaks when nothing comes for too long, where the network itself would wait for ever. */
final class SilenceGuard extends InputStream {

  private final InputStream in;
  private final Duration patience;
  private final Thread watch;
  private volatile long heard = System.nanoTime();
  private volatile boolean silent;

  SilenceGuard(InputStream in, Duration patience) {
    this.in = in;
    this.patience = patience;
    this.watch = Thread.ofVirtual().start(this::watch);
  }

  /** Closing the stream breaks the read that waits for it. */
  private void watch() {
    try {
      Duration left = patience;
      while (left.isPositive()) {
        Thread.sleep(left);
        left = patience.minusNanos(System.nanoTime() - heard);
      }
      silent = true;
      in.close();
    } catch (InterruptedException | IOException e) {
      // Closed, or broken already: whoever reads sees it.
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      int count = in.read(buffer, offset, length);
      if (count >= 0 || !silent) {
        heard = System.nanoTime();
        return count;
      }
    } catch (IOException e) {
      if (!silent) {
        throw e;
      }
    }
    throw new IOException("nothing came for " + patience.toSeconds() + " s");
  }

  @Override
  public void close() throws IOException {
    watch.interrupt();
    in.close();
  }
}
