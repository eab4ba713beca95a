package dev.rowan.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** What a oneDNN primitive runs with: numbered pieces of memory. */
final class Arguments implements AutoCloseable {

  private static final int MOST = 5;
  private static final long BYTES = 16;

  private final OneDnn dnn;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment list = arena.allocate(MOST * BYTES);
  private final List<Long> memories = new ArrayList<>();

  Arguments(OneDnn dnn) {
    this.dnn = dnn;
  }

  /** Memory at {@code at}, which must outlive this. */
  void add(int argument, long description, MemorySegment at) {
    long memory = dnn.memory(description, at);
    long entry = memories.size() * BYTES;
    list.set(ValueLayout.JAVA_INT, entry, argument);
    list.set(ValueLayout.JAVA_LONG, entry + Long.BYTES, memory);
    memories.add(memory);
  }

  /** Memory for the primitive to work in. */
  void addScratchpad(long description) {
    long bytes = dnn.bytes(description);
    if (bytes > 0) {
      add(OneDnn.SCRATCHPAD, description, arena.allocate(bytes, 64));
    }
  }

  void run(long primitive, long stream) {
    dnn.execute(primitive, stream, memories.size(), list);
  }

  @Override
  public void close() {
    memories.forEach(memory -> dnn.destroy("memory", memory));
    arena.close();
  }
}
