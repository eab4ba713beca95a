package dev.rowan.tensor;

import org.bytedeco.pytorch.AutogradState;

/** Turns the recording of gradients off on this thread until it is closed. */
public final class Gradients implements AutoCloseable {

  static {
    Torch.load();
  }

  private final boolean before;

  private Gradients() {
    before = AutogradState.get_tls_state().get_grad_mode();
    AutogradState.get_tls_state().set_grad_mode(false);
  }

  /** Stops recording. */
  public static Gradients off() {
    return new Gradients();
  }

  /** Records again, if it was recording before. */
  @Override
  public void close() {
    AutogradState.get_tls_state().set_grad_mode(before);
  }
}
