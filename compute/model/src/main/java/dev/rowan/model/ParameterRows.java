package dev.rowan.model;

import dev.rowan.tensor.WeightRows;
import java.util.Optional;

/** A model's parameters under Rowan's names ({@code embed}, {@code layers.0.qkv}), to be read row by row. */
public interface ParameterRows {

  /** The shape of the model. */
  LlamaConfig config();

  /**
   * A matrix.
   *
   * @throws ModelException if it is missing or has another shape
   */
  WeightRows matrix(String name);

  /** A vector, if this model has it. */
  Optional<float[]> vector(String name);

  /** The token embeddings [vocabulary, hidden], readable for as long as anybody refers to them. */
  WeightRows embeddings();
}
