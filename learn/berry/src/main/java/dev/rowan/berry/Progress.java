package dev.rowan.berry;

/** Hears how far long work has come, so that a person can watch it. */
public interface Progress {

  /** Hears nothing. */
  Progress SILENT = new Progress() {
    @Override
    public void stage(String name, long total) {}

    @Override
    public void advance(long amount, String figures) {}
  };

  /**
   * A part of the work begins.
   *
   * @param name what is done, in words
   * @param total how much of it there is
   */
  void stage(String name, long total);

  /**
   * Some of the part is done.
   *
   * @param amount how much more
   * @param figures the numbers that matter now, in words
   */
  void advance(long amount, String figures);
}
