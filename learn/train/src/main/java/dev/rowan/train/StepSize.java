package dev.rowan.train;

/**
 * How much one step of the optimiser reads.
 *
 * @param microBatchTokens most tokens of a micro-batch, padding included
 * @param microBatches micro-batches of a step; a multiple of the lanes keeps all of them busy
 */
public record StepSize(int microBatchTokens, int microBatches) {

  /**
   * Checks that a step reads something.
   *
   * @throws IllegalArgumentException if one of the sizes is below 1
   */
  public StepSize {
    if (microBatchTokens < 1 || microBatches < 1) {
      throw new IllegalArgumentException("a step of " + microBatches + " micro-batches of "
          + microBatchTokens + " tokens reads nothing");
    }
  }
}
