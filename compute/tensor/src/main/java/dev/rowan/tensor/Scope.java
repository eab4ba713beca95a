package dev.rowan.tensor;

import org.bytedeco.javacpp.PointerScope;

/**
 * A lifetime of native memory. Tensors made by this thread while it is the innermost open scope are freed when it closes.
 * Scopes nest, and close in reverse order, on the thread that opened them.
 */
public final class Scope implements AutoCloseable {

  static {
    Torch.load();
  }

  private final PointerScope pointers = new PointerScope();

  private Scope() {}

  /** Opens a scope inside the current one. */
  public static Scope open() {
    return new Scope();
  }

  /** Frees everything that was made in this scope and neither kept nor escaped. */
  @Override
  public void close() {
    pointers.close();
  }
}
