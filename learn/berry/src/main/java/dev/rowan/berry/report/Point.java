package dev.rowan.berry.report;

/** A point of a test-time curve: what share of the problems is solved at what cost. */
public sealed interface Point {

  /** Mean generated tokens a problem. */
  double tokens();

  /** Share of the problems that are solved. */
  double value();

  /** Lower end of the value's 95 % interval. */
  double low();

  /** Upper end of the value's 95 % interval. */
  double high();

  private static void check(double tokens, double value, double low, double high) {
    Check.amount("tokens", tokens);
    Check.rate("value", value);
    Check.rate("low", low);
    Check.rate("high", high);
    new Interval(low, high).around("value", value);
  }

  /** By the number of whole chains that are sampled: coverage, votes, best-of-n, tree search under the same budget. */
  record BySamples(int samples, double tokens, double value, double low, double high)
      implements Point {

    /** Checks the figures. */
    public BySamples {
      Check.count("samples", samples, 1, Integer.MAX_VALUE);
      check(tokens, value, low, high);
    }
  }

  /** By the number of candidates a step. */
  record ByCandidates(int candidates, double tokens, double value, double low, double high)
      implements Point {

    /** Checks the figures. */
    public ByCandidates {
      Check.count("candidates", candidates, 1, Integer.MAX_VALUE);
      check(tokens, value, low, high);
    }
  }

  /**
   * Going back: a line that scores under the threshold is taken back and sampled again.
   *
   * @param threshold the score a line must reach
   * @param tries how often a line is sampled again at most
   */
  record GoingBack(
      double threshold, int tries, double tokens, double value, double low, double high)
      implements Point {

    /** Checks the figures. */
    public GoingBack {
      Check.finite("threshold", threshold);
      Check.count("tries", tries, 0, Integer.MAX_VALUE);
      check(tokens, value, low, high);
    }
  }

  /**
   * Stopping a chain at its first illegal line, at a budget of tokens; the value is with stopping.
   *
   * @param tokens tokens a problem that both ways may spend
   * @param without the same without stopping
   */
  record EarlyStop(double tokens, double value, double low, double high, Rate without)
      implements Point {

    /** Checks the figures. */
    public EarlyStop {
      check(tokens, value, low, high);
    }
  }

  /** A share with its 95 % interval. */
  record Rate(double value, double low, double high) {

    /** Checks the figures. */
    public Rate {
      check(0, value, low, high);
    }
  }
}
