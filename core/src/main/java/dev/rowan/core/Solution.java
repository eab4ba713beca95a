package dev.rowan.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a strategy found.
 *
 * @param best the chosen chain; empty if the budget did not reach for one
 * @param candidates every finished chain, in the order of their seeds
 * @param votes weight of each extracted answer, for strategies that vote; else empty
 * @param usage what it cost
 * @param budgetSpent whether the search stopped because the budget ran out
 */
public record Solution(
    Optional<Trajectory> best,
    List<Trajectory> candidates,
    Map<String, Double> votes,
    Usage usage,
    boolean budgetSpent) {

  /** Copies the list. */
  public Solution {
    candidates = List.copyOf(candidates);
  }
}
