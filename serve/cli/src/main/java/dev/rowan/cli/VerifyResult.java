package dev.rowan.cli;

import dev.rowan.core.LoneSurrogates;
import dev.rowan.core.Verdict;
import dev.rowan.verify.ExtractedAnswer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A line and what became of it.
 *
 * @param columns the line's own; empty if it could not be read
 * @param readable whether it could
 * @param verdict whether its answer is right
 * @param extracted what of the answer counted
 * @param millis how long the check took
 */
record VerifyResult(
    ObjectNode columns,
    boolean readable,
    Verdict verdict,
    Optional<ExtractedAnswer> extracted,
    double millis) {

  /** A line that cannot be checked, and why. */
  static VerifyResult unreadable(VerifyLine line, int number, String why) {
    ObjectNode columns = line.columns();
    columns.put("line", number);
    Verdict verdict = new Verdict.Unverifiable("line " + number + " " + why);
    return new VerifyResult(columns, false, verdict, Optional.empty(), 0);
  }

  /** {@code correct}, {@code incorrect} or {@code unverifiable}. */
  String word() {
    return switch (verdict) {
      case Verdict.Correct _ -> "correct";
      case Verdict.Incorrect _ -> "incorrect";
      case Verdict.Unverifiable _ -> "unverifiable";
    };
  }

  /** Why; for a right answer, that it agrees. */
  String reason() {
    return switch (verdict) {
      case Verdict.Correct _ -> "agrees";
      case Verdict.Incorrect(String reason) -> reason;
      case Verdict.Unverifiable(String cause) -> cause;
    };
  }

  /** The line as JSON: its own columns, then verdict, reason, extracted, span and ms. */
  String json() {
    ObjectNode line = columns.deepCopy();
    line.put("verdict", word());
    line.put("reason", reason());
    extracted.ifPresentOrElse(
        answer -> {
          line.put("extracted", answer.text());
          line.putPOJO("span", List.of(answer.start(), answer.end()));
        },
        () -> line.putNull("extracted"));
    line.put("ms", Double.parseDouble(String.format(Locale.ROOT, "%.3f", millis)));
    return LoneSurrogates.escapedIn(line.toString());
  }
}
