package dev.rowan.berry.report;

import com.fasterxml.jackson.annotation.JsonFormat;

/**
 * A 95 % interval; {@code [low, high]} in JSON.
 *
 * @param low its lower end
 * @param high its upper end
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record Interval(double low, double high) {

  /** Refuses ends that are not finite or stand in the wrong order. */
  public Interval {
    Check.finite("low", low);
    Check.within("high", high, low, Double.MAX_VALUE);
  }

  /** Refuses a value outside. */
  void around(String name, double value) {
    Check.within(name, value, low, high);
  }
}
