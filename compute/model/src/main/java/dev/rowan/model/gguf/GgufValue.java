package dev.rowan.model.gguf;

import java.util.List;

/** A value of a GGUF file's metadata. */
sealed interface GgufValue {

  /** Any integer. */
  record Whole(long value) implements GgufValue {}

  /** Any floating point number. */
  record Real(double value) implements GgufValue {}

  /** Yes or no. */
  record Truth(boolean value) implements GgufValue {}

  /** Text. */
  record Text(String value) implements GgufValue {}

  /** Values of one type. */
  record Many(List<GgufValue> values) implements GgufValue {}
}
