package dev.rowan.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Named sums that a loss keeps beside its value, such as a divergence or an entropy. */
public final class Tally {

  private final Map<String, Double> sums = new LinkedHashMap<>();

  /** Adds to the sum called {@code name}. */
  public void add(String name, double amount) {
    sums.merge(name, amount, Double::sum);
  }

  /** Adds all sums of {@code other}. */
  void addAll(Tally other) {
    other.sums.forEach(this::add);
  }

  /** The sum called {@code name}, 0 if nothing was added. */
  public double get(String name) {
    return sums.getOrDefault(name, 0.0);
  }

  /** All sums. */
  public Map<String, Double> sums() {
    return Collections.unmodifiableMap(sums);
  }
}
