package dev.rowan.engine;

import dev.rowan.tensor.DType;
import dev.rowan.tensor.Torch;

/**
 * How an engine uses the machine.
 *
 * @param lanes threads that decode, each with its own batch and cache
 * @param maxSequences sequences in one lane's batch
 * @param maxRows tokens that one lane computes at once
 * @param cacheTokens positions that one lane can hold; requests wait while they do not fit
 * @param matmulType element type of the linear layers' products
 */
public record EngineSettings(
    int lanes, int maxSequences, int maxRows, int cacheTokens, DType matmulType) {

  /**
   * Checks that something can run.
   *
   * @throws EngineException naming the value that is 0 or less
   */
  public EngineSettings {
    require(lanes, "lanes");
    require(maxSequences, "sequences");
    require(maxRows, "rows");
    require(cacheTokens, "cache tokens");
  }

  private static void require(int value, String name) {
    if (value < 1) {
      throw new EngineException(
          "an engine with " + value + " " + name + " runs nothing: give 1 or more");
    }
  }

  /** One lane per core, and the fastest element type of this machine. */
  public static EngineSettings forThisMachine() {
    return new EngineSettings(
        Runtime.getRuntime().availableProcessors(), 256, 512, 65_536, Torch.fastestMatmulType());
  }
}
