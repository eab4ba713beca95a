package dev.rowan.tensor;

/** An operation on tensors that cannot be done; the message is one line that names the shapes or types. */
public final class TensorException extends RuntimeException {

  private static final long serialVersionUID = 1;

  TensorException(String message) {
    super(message);
  }

  /** What libtorch threw, without its native stack trace. */
  static TensorException of(RuntimeException thrown) {
    String message = String.valueOf(thrown.getMessage());
    if (thrown instanceof NullPointerException && message.contains("address is NULL")) {
      return new TensorException(
          "the tensor is closed: keep() or escape() it before its scope ends");
    }
    return new TensorException(
        message.lines().findFirst().orElse("libtorch failed without a message"));
  }
}
