package dev.rowan.train;

/** The learning rate over a run: it rises over the first steps, then falls with the share of the run that is done. */
@FunctionalInterface
public interface Schedule {

  /**
   * The rate of a step.
   *
   * @param step its number, from 0
   * @param progress share of the run that is done, in [0, 1]
   */
  double rate(long step, double progress);

  /** Rises to {@code peak} over {@code warmUp} steps and stays there. */
  static Schedule constant(double peak, int warmUp) {
    return (step, progress) -> peak * rise(step, warmUp);
  }

  /** Rises to {@code peak}, then falls along a cosine to {@code floor} times the peak (Loshchilov and Hutter 2017). */
  static Schedule cosine(double peak, int warmUp, double floor) {
    return (step, progress) -> peak
        * rise(step, warmUp)
        * (floor + (1 - floor) * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, progress))));
  }

  /** Rises to {@code peak}, then falls in a straight line towards 0, no lower than {@code floor} times the peak. */
  static Schedule linear(double peak, int warmUp, double floor) {
    return (step, progress) -> peak * rise(step, warmUp) * Math.max(floor, 1 - progress);
  }

  private static double rise(long step, int warmUp) {
    return Math.min(1, (step + 1.0) / Math.max(1, warmUp));
  }
}
