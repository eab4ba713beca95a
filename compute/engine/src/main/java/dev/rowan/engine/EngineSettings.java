package dev.rowan.engine;

import dev.rowan.tensor.DType;

/**
 * How an engine uses the machine.
 *
 * @param lanes threads that decode, each with its own batch and cache
 * @param maxSequences sequences in one lane's batch
 * @param maxRows tokens that one lane computes at once
 * @param cacheTokens positions that one lane can hold; requests wait while they do not fit
 * @param cacheBytes memory that one lane's positions may take, which can make them fewer
 * @param matmulType element type of the linear layers' products: fp32; bf16, which keeps keys and values in bf16, too; or
 *     int8, weights and activations with a scale for each row, which is faster still and less exact
 */
public record EngineSettings(
    int lanes, int maxSequences, int maxRows, int cacheTokens, long cacheBytes, DType matmulType) {

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
    require(cacheBytes, "cache bytes");
  }

  /** Settings that bound the cache by its positions alone. */
  public EngineSettings(
      int lanes, int maxSequences, int maxRows, int cacheTokens, DType matmulType) {
    this(lanes, maxSequences, maxRows, cacheTokens, Long.MAX_VALUE, matmulType);
  }

  /** Blocks of the cache that one lane can hold. */
  int blocks(long blockBytes) {
    return (int) Math.max(1, Math.min(cacheTokens / KvStore.BLOCK, cacheBytes / blockBytes));
  }

  private static void require(long value, String name) {
    if (value < 1) {
      throw new EngineException(
          "an engine with " + value + " " + name + " runs nothing: give 1 or more");
    }
  }

  /** The same, with the fastest element type of this machine. */
  public static EngineSettings forThisMachine() {
    return forThisMachine(DType.fastestForProducts());
  }

  /** One lane per core, and an eighth of the JVM's memory, which is a 32nd of the machine's, for the cache. */
  public static EngineSettings forThisMachine(DType matmulType) {
    int lanes = Runtime.getRuntime().availableProcessors();
    long bytes = Runtime.getRuntime().maxMemory() / 8 / lanes;
    return new EngineSettings(lanes, 256, 512, 65_536, bytes, matmulType);
  }
}
