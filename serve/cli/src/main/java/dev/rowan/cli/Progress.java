package dev.rowan.cli;

import java.io.PrintWriter;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Says how far a command is. */
sealed interface Progress extends AutoCloseable {

  /** One more is done. */
  default void step(String note) {
    advance(1, note);
  }

  /** So many more are done. */
  void advance(long amount, String note);

  @Override
  void close();

  /** Nothing, where nobody knows how much there is. */
  final class Silent implements Progress {

    @Override
    public void advance(long amount, String note) {}

    @Override
    public void close() {}
  }

  /** A bar on a terminal. */
  final class Bar implements Progress {

    private final ProgressBar bar;

    Bar(String task, long total) {
      bar = new ProgressBarBuilder()
          .setTaskName(task)
          .setInitialMax(total)
          .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
          .setConsumer(new ConsoleProgressBarConsumer(System.err))
          .clearDisplayOnFinish()
          .build();
    }

    @Override
    public void advance(long amount, String note) {
      bar.stepBy(amount);
      bar.setExtraMessage(" " + note);
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  /** A line for every tenth, or for each of a few, where lines are kept: in a file, in a log. */
  final class Lines implements Progress {

    /** With no more parts than these, each has a line. */
    private static final long FEW = 50;

    private final PrintWriter err;
    private final String task;
    private final long total;
    private long done;

    Lines(PrintWriter err, String task, long total) {
      this.err = err;
      this.task = task;
      this.total = total;
    }

    @Override
    public void advance(long amount, String note) {
      long before = done;
      done += amount;
      if (total <= FEW || done * 10 / total > before * 10 / total) {
        err.println(task + " " + done + "/" + total + " " + note);
        err.flush();
      }
    }

    @Override
    public void close() {}
  }
}
