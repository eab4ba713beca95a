package dev.rowan.engine;

import java.util.concurrent.atomic.LongAdder;

/** What an engine has done so far. */
public final class EngineStatistics {

  private final LongAdder passes = new LongAdder();
  private final LongAdder computed = new LongAdder();
  private final LongAdder reused = new LongAdder();

  EngineStatistics() {}

  void computed(int tokens) {
    passes.increment();
    computed.add(tokens);
  }

  void reused(int tokens) {
    reused.add(tokens);
  }

  /** Forward passes, each over many rows. */
  public long forwardPasses() {
    return passes.sum();
  }

  /** Tokens that went through the model. */
  public long tokensComputed() {
    return computed.sum();
  }

  /** Tokens whose keys and values were already there. */
  public long tokensReused() {
    return reused.sum();
  }
}
