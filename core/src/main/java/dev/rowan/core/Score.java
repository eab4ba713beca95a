package dev.rowan.core;

import java.util.Map;

/**
 * How good a chain looks to a reward model.
 *
 * @param value higher is better; its scale is the model's own
 * @param parts what it was made of, by name
 */
public record Score(double value, Map<String, Double> parts) {

  /** Copies the map. */
  public Score {
    parts = Map.copyOf(parts);
  }

  /** A score without parts. */
  public static Score of(double value) {
    return new Score(value, Map.of());
  }
}
