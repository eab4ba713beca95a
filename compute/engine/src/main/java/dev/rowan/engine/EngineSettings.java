package dev.rowan.engine;

import dev.rowan.tensor.DType;

/**
 * How an engine uses the machine.
 *
 * @param lanes threads that decode, each with its own batch and cache; fewer run if memory is short
 * @param maxSequences sequences in one lane's batch
 * @param maxRows tokens that one lane computes at once
 * @param cacheTokens positions that one lane can hold; requests wait while they do not fit
 * @param cacheBytes memory that the positions of all lanes together may take, which can make them fewer
 * @param matmulType element type of the linear layers' products: fp32; bf16, which keeps keys and values in bf16, too; or
 *     int8, weights and activations with a scale for each row, which is faster still and less exact
 */
public record EngineSettings(
    int lanes, int maxSequences, int maxRows, int cacheTokens, long cacheBytes, DType matmulType) {

  /** Positions that a lane should hold at least, if the model's context is not shorter: those of a usual sequence. */
  private static final int USUAL_LENGTH = 4096;

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

  /** The same for a model with blocks of this size: lanes that memory leaves too little for a usual sequence are left out. */
  EngineSettings within(long blockBytes, int maxPositions) {
    long usual = Math.ceilDiv(Math.min(maxPositions, USUAL_LENGTH), KvStore.BLOCK);
    int few = Math.clamp(cacheBytes / (usual * blockBytes), 1, lanes);
    return new EngineSettings(few, maxSequences, maxRows, cacheTokens, cacheBytes, matmulType);
  }

  /** Blocks of the cache that one lane can hold. */
  int blocks(long blockBytes) {
    long room = cacheBytes / lanes / blockBytes;
    return (int) Math.max(1, Math.min(cacheTokens / KvStore.BLOCK, room));
  }

  /** Whether keys and values are kept in bf16. */
  boolean halfCache() {
    return matmulType != DType.FLOAT32;
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

  /** One lane per core, and an eighth of the JVM's memory, which is a 32nd of the machine's, for the cache of all. */
  public static EngineSettings forThisMachine(DType matmulType) {
    int lanes = Runtime.getRuntime().availableProcessors();
    long bytes = Runtime.getRuntime().maxMemory() / 8;
    return new EngineSettings(lanes, 256, 512, 65_536, bytes, matmulType);
  }
}
