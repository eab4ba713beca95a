package dev.rowan.cli;

import java.io.PrintWriter;

/** Shows the stages of long work one after another, each with its own bar. */
final class Stages implements dev.rowan.berry.Progress, AutoCloseable {

  private final Terminal terminal;
  private final PrintWriter err;
  private Progress current;

  Stages(Terminal terminal, PrintWriter err) {
    this.terminal = terminal;
    this.err = err;
    this.current = new Progress.Lines(err, "", 1);
  }

  @Override
  public void stage(String name, long total) {
    current.close();
    current = terminal.progress(err, name, total);
  }

  @Override
  public void advance(long amount, String figures) {
    if (amount > 0) {
      current.advance(amount, figures);
    }
  }

  @Override
  public void close() {
    current.close();
  }
}
