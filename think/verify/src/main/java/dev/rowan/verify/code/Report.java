package dev.rowan.verify.code;

import dev.rowan.core.Verdict;
import tools.jackson.databind.JsonNode;

/**
 * What tests say in the end.
 *
 * @param verdict what it means
 * @param hinges whether they failed, and the answer had changed arguments of calls that also returned something
 */
record Report(Verdict verdict, boolean hinges) {

  /** Tests that pass only where they see what the answer did to its arguments: it may have emptied what it is compared with. */
  static final Verdict DOUBTFUL = new Verdict.Unverifiable(
      "it passes only if it may change the arguments of a call that also returns a value: "
          + "test one or the other, or give inputs, outputs and arguments");

  /** Whether tests have ended with this message. */
  static boolean isOne(JsonNode message) {
    return message.has("passed") || message.has("failed") || message.has("undecided");
  }

  static Report of(JsonNode message) {
    return new Report(verdict(message), message.path("changed").asBoolean(false));
  }

  private static Verdict verdict(JsonNode message) {
    if (message.path("passed").asBoolean(false)) {
      return new Verdict.Correct();
    }
    return message.has("failed")
        ? new Verdict.Incorrect("failed: " + message.path("failed").asString(""))
        : new Verdict.Unverifiable(message.path("undecided").asString("the tests report nothing"));
  }

  static Report of(Verdict verdict) {
    return new Report(verdict, false);
  }
}
