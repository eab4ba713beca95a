package dev.rowan.cli;

import dev.rowan.core.Usage;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Numbers as people read them. */
final class Figures {

  private static final int BAR = 24;
  private static final int MOST_ROWS = 8;

  private Figures() {}

  /** What it cost: calls, tokens, seconds, money. */
  static String cost(Usage usage, Duration time) {
    StringJoiner cost = new StringJoiner(", ");
    cost.add(
        String.format(Locale.ROOT, "%,d %s", usage.calls(), usage.calls() == 1 ? "call" : "calls"));
    cost.add(String.format(Locale.ROOT, "%,d tokens read", usage.promptTokens()));
    cost.add(String.format(Locale.ROOT, "%,d written", usage.completionTokens()));
    cost.add(seconds(time));
    if (usage.microDollars() > 0) {
      cost.add(dollars(usage.microDollars()));
    }
    return cost.toString();
  }

  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }

  /** Two digits of a cent, more for what is less. */
  static String dollars(long microDollars) {
    return String.format(
        Locale.ROOT, microDollars >= 10_000 ? "$%,.4f" : "$%,.6f", microDollars / 1e6);
  }

  /** A share as a percentage. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** A row for each answer, the most voted first. */
  static List<String> votes(Map<String, Double> votes) {
    List<Map.Entry<String, Double>> rows = votes.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
            .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST_ROWS)
        .toList();
    int width = rows.stream().mapToInt(row -> row.getKey().length()).max().orElse(0);
    double most = rows.stream().mapToDouble(Map.Entry::getValue).max().orElse(0);
    return rows.stream().map(row -> row(row, Math.max(1, width), most)).toList();
  }

  private static String row(Map.Entry<String, Double> row, int width, double most) {
    int length = most > 0 ? (int) Math.max(1, Math.round(BAR * row.getValue() / most)) : 0;
    double weight = row.getValue();
    String number = weight == Math.rint(weight)
        ? String.format(Locale.ROOT, "%.0f", weight)
        : String.format(Locale.ROOT, "%.2f", weight);
    return String.format(
        Locale.ROOT,
        "%-" + width + "s  %-" + BAR + "s  %s",
        row.getKey(),
        "█".repeat(length),
        number);
  }
}
