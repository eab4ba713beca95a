package dev.rowan.model;

import dev.rowan.tensor.WeightRows;

/** A checkpoint's numbers where they lie; what was found stays readable. */
@FunctionalInterface
public interface RowSource {

  /**
   * The matrix of this Hugging Face name; a vector is one row.
   *
   * @throws ModelException naming the tensor, if there is none
   */
  WeightRows rows(String name);
}
