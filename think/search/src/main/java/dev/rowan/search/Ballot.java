package dev.rowan.search;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts votes whose weights lie in [0, 1]. Weights are rounded to multiples of 2^-40: then their sums are exact, and
 * whether a vote is decided is no matter of rounding errors. Among equals, the answer that was first named leads.
 */
final class Ballot {

  private static final double UNIT = 0x1p-40;

  private record Tally(String answer, double weight, SearchRun.Chain first) {}

  private final Map<String, Tally> tallies = new LinkedHashMap<>();

  void add(String answer, double weight, SearchRun.Chain chain) {
    double exact = Math.rint(weight / UNIT) * UNIT;
    tallies.merge(
        answer,
        new Tally(answer, exact, chain),
        (old, vote) -> new Tally(answer, old.weight + exact, old.first));
  }

  Optional<SearchRun.Chain> winner() {
    return ranked().stream().map(Tally::first).findFirst();
  }

  /** Weight of each answer, the heaviest first. */
  Map<String, Double> votes() {
    Map<String, Double> votes = new LinkedHashMap<>();
    ranked().forEach(tally -> votes.put(tally.answer, tally.weight));
    return Collections.unmodifiableMap(votes);
  }

  /** Whether {@code left} more votes, of a weight of at most 1 each, leave the winner as it is. */
  boolean isDecided(int left) {
    List<Tally> ranked = ranked();
    if (ranked.isEmpty()) {
      return left == 0;
    }
    double leader = ranked.getFirst().weight;
    // An answer not yet named loses a tie to the leader; one that was named first wins it.
    List<String> named = List.copyOf(tallies.keySet());
    int leaderNamed = named.indexOf(ranked.getFirst().answer);
    return left <= leader
        && ranked.stream()
            .skip(1)
            .allMatch(rival -> rival.weight + left < leader
                || (rival.weight + left == leader && named.indexOf(rival.answer) > leaderNamed));
  }

  /** The smallest number of further votes, at least 1, after which the vote may be decided if {@code left} are left. */
  int fewestThatMayDecide(int left) {
    List<Tally> ranked = ranked();
    double lead = 0;
    if (!ranked.isEmpty()) {
      lead = ranked.getFirst().weight - (ranked.size() > 1 ? ranked.get(1).weight : 0);
    }
    return Math.clamp((long) Math.ceil((left - lead) / 2), 1, left);
  }

  private List<Tally> ranked() {
    // The sort is stable: equals stay in the order in which they were named.
    return tallies.values().stream()
        .sorted(Comparator.comparingDouble(Tally::weight).reversed())
        .toList();
  }
}
