package dev.rowan.policy.openai;

/**
 * What an endpoint asks for its tokens.
 *
 * @param microDollarsPerMillionPromptTokens millionths of a dollar for a million tokens read
 * @param microDollarsPerMillionCompletionTokens millionths of a dollar for a million tokens written
 */
public record Price(
    long microDollarsPerMillionPromptTokens, long microDollarsPerMillionCompletionTokens) {

  /** Nothing to pay. */
  public static final Price FREE = new Price(0, 0);

  private static final long MILLION = 1_000_000;
  private static final long HIGHEST = 1_000 * MILLION;

  /**
   * Checks the range, in which no sum overflows.
   *
   * @throws IllegalArgumentException naming the price that is negative or above $1000 for a million tokens
   */
  public Price {
    require(microDollarsPerMillionPromptTokens, "prompt");
    require(microDollarsPerMillionCompletionTokens, "completion");
  }

  private static void require(long price, String name) {
    if (price < 0 || price > HIGHEST) {
      throw new IllegalArgumentException("a price of " + price + " micro-dollars for a million "
          + name + " tokens: give 0 to " + HIGHEST);
    }
  }

  /** Prices in dollars for a million tokens, as providers quote them. */
  public static Price ofDollars(double perMillionPromptTokens, double perMillionCompletionTokens) {
    return new Price(
        Math.round(perMillionPromptTokens * MILLION),
        Math.round(perMillionCompletionTokens * MILLION));
  }

  /** Micro-dollars for this many tokens, rounded up. */
  long of(long promptTokens, long completionTokens) {
    long picoDollars = promptTokens * microDollarsPerMillionPromptTokens
        + completionTokens * microDollarsPerMillionCompletionTokens;
    return Math.ceilDiv(picoDollars, MILLION);
  }

  /** How many of {@code wanted} tokens can be written for {@code microDollars} after a prompt; 0 if none. */
  long affordable(long promptTokens, long wanted, long microDollars) {
    if (of(promptTokens, wanted) <= microDollars) {
      return wanted;
    }
    long left = microDollars * MILLION - promptTokens * microDollarsPerMillionPromptTokens;
    return Math.max(0, Math.floorDiv(left, Math.max(1, microDollarsPerMillionCompletionTokens)));
  }
}
