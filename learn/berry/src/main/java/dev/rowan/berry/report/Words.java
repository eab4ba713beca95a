package dev.rowan.berry.report;

import java.util.Locale;

/** Figures as a reader wants them. */
final class Words {

  private static final char NO_BREAK = '\u00a0';

  private Words() {}

  /** A rate: {@code 47 %}. */
  static String percent(double rate) {
    return Math.round(100 * rate) + "" + NO_BREAK + "%";
  }

  /** A difference of rates: {@code +19}, in points. */
  static String signed(double difference) {
    long points = Math.round(100 * difference);
    return points > 0 ? "+" + points : Long.toString(points).replace('-', '\u2212');
  }

  /** A difference of rates: {@code +19 points}. */
  static String points(double difference) {
    String signed = signed(difference);
    return signed + NO_BREAK + (signed.endsWith("1") && signed.length() == 2 ? "point" : "points");
  }

  /** How one rate stands to another: {@code 7 points above}. */
  static String against(double rate, double other) {
    long points = Math.round(100 * (rate - other));
    if (points == 0) {
      return "level with";
    }
    return Math.abs(points)
        + ""
        + NO_BREAK
        + (Math.abs(points) == 1 ? "point" : "points")
        + (points > 0 ? " above" : " below");
  }

  /** A number of things: {@code 12,800}. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A time: {@code 8.4 minutes}. */
  static String minutes(double seconds) {
    return String.format(Locale.ROOT, "%.1f%cminutes", seconds / 60, NO_BREAK);
  }

  /** A gain: {@code from 28 % to 47 % (+19 points, 95 % interval +15 to +23)}. */
  static String gain(Summary.Gain gain) {
    return String.format(
        Locale.ROOT,
        "from %s to %s (%s, 95%c%% interval %s to %s)",
        percent(gain.before()),
        percent(gain.after()),
        points(gain.after() - gain.before()),
        NO_BREAK,
        signed(gain.interval().low()),
        signed(gain.interval().high()));
  }

  /** What a gain is called: rose, fell, or stayed where its interval holds 0. */
  static String verb(Summary.Gain gain) {
    if (gain.interval().low() > 0) {
      return "rose";
    }
    return gain.interval().high() < 0 ? "fell" : "moved within chance";
  }
}
