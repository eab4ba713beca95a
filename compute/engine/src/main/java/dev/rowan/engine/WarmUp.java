package dev.rowan.engine;

import dev.rowan.model.LlamaConfig;
import dev.rowan.tensor.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Does with made-up rows what decoding does, until vector operations are compiled. It begins after the first pass, which it
 * would hold up, and runs beside the next ones, which do with plain loops until then.
 */
final class WarmUp implements Runnable, BooleanSupplier {

  /** More than the JVM wants to see of a loop before it compiles it for good. */
  private static final int ROUNDS = 1_000;

  private static final int[] BLOCKS = {0, 1, 2, 3};
  private static final int CONTEXT = BLOCKS.length * KvStore.BLOCK;
  private static final int WEIGHTS = 512;

  private final LlamaConfig config;
  private final DType type;
  private final AtomicBoolean begun = new AtomicBoolean();
  private volatile boolean compiled;
  private volatile boolean cancelled;

  /** For models of this shape, with products of this type. */
  WarmUp(LlamaConfig config, DType type) {
    this.config = config;
    this.type = type;
  }

  /** Whether vector operations are compiled. */
  @Override
  public boolean getAsBoolean() {
    return compiled;
  }

  /** Starts the thread, the first time. */
  void begin() {
    if (!begun.getAndSet(true)) {
      Thread.ofPlatform().name("engine-warm-up").daemon().start(this);
    }
  }

  void cancel() {
    cancelled = true;
  }

  @Override
  public void run() {
    int queries = config.heads() * config.headDim();
    float[] mixed = new float[queries];
    float[] weights = new float[WEIGHTS];
    KvStore store = new KvStore(config, CONTEXT / KvStore.BLOCK, type != DType.FLOAT32);
    Attention attention = Attention.forModel(config, store, type == DType.BFLOAT16);
    Attention.Span span = new Attention.Span(BLOCKS.clone(), 0, CONTEXT - 1, 1);
    float[] both = new float[2 * config.kvHeads() * config.headDim()];
    for (int block : BLOCKS) {
      store.put(0, block, 0, both, 0, both.length / 2);
    }
    RowKernels vectors = new VectorKernels();
    try (Arena arena = Arena.ofConfined()) {
      float[] row = new float[Math.max(config.hidden(), 2 * config.intermediate())];
      MemorySegment memory = arena.allocate((long) row.length * Float.BYTES);
      for (int i = 0; i < ROUNDS && !cancelled; i++) {
        vectors.norm(row, 0, row, 1, row, 0, config.hidden());
        exchange(vectors, row, memory);
        vectors.scale(mixed, 0, queries, 1, type == DType.BFLOAT16);
        attention.attend(0, span, CONTEXT, mixed, queries, mixed);
        vectors.swiGlu(row, config.intermediate());
        vectors.exponentials(weights, 0, WEIGHTS, vectors.max(weights, WEIGHTS), 1, weights);
      }
    }
    compiled = true;
  }

  private void exchange(RowKernels vectors, float[] row, MemorySegment memory) {
    if (type == DType.BFLOAT16) {
      vectors.putHalves(row, 0, config.intermediate(), memory, 0);
      vectors.getHalves(memory, 0, config.intermediate(), row, 0);
    } else if (type == DType.INT8) {
      vectors.putBytes(row, 0, config.intermediate(), memory, 0);
    }
  }
}
