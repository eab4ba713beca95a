package dev.rowan.cli;

import dev.rowan.tensor.DType;
import java.util.Optional;

/** Element types of a model's products, by the names that people use. */
enum Precision {
  /** What is fastest here and keeps to the model. */
  auto,
  fp32,
  bf16,
  int8;

  static final String HELP =
      "fp32, bf16, int8 (fastest, and less exact), or auto for the fastest that keeps to the model.";

  /** The type, or nothing to leave the choice to the engine. */
  Optional<DType> type() {
    return switch (this) {
      case auto -> Optional.empty();
      case fp32 -> Optional.of(DType.FLOAT32);
      case bf16 -> Optional.of(DType.BFLOAT16);
      case int8 -> Optional.of(DType.INT8);
    };
  }
}
