package dev.rowan.core;

/**
 * What work cost.
 *
 * @param calls policy calls
 * @param promptTokens tokens read
 * @param completionTokens tokens written
 * @param microDollars money, in millionths of a dollar
 */
public record Usage(long calls, long promptTokens, long completionTokens, long microDollars) {

  /** No cost. */
  public static final Usage ZERO = new Usage(0, 0, 0, 0);

  /** The sum of both. */
  public Usage plus(Usage other) {
    return new Usage(
        calls + other.calls,
        promptTokens + other.promptTokens,
        completionTokens + other.completionTokens,
        microDollars + other.microDollars);
  }
}
