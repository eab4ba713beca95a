package dev.rowan.verify.code;

import dev.rowan.core.Verdict;
import dev.rowan.verify.code.ForkServer.Ended;
import dev.rowan.verify.code.ForkServer.Event;
import dev.rowan.verify.code.ForkServer.Said;
import dev.rowan.verify.sandbox.Limits;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What it means that a run reports something, or ends. */
final class Endings {

  private static final int PROCESSOR_TIME_OVER = -24;

  private Endings() {}

  /** The verdict where the answer's run reports or ends before its tests do. Nothing that it says makes it right. */
  static Verdict ofAnswer(Event event, Duration wall, Limits limits) {
    return switch (event) {
      case Said(byte[] json) -> new Verdict.Incorrect(reason(json));
      case Ended ended -> ended(ended, wall, limits);
      default -> new Verdict.Incorrect("it breaks into the talk between tests and answer");
    };
  }

  private static Verdict ended(Ended ended, Duration wall, Limits limits) {
    if (ended.killed().equals("output")) {
      return new Verdict.Incorrect("it writes too much");
    }
    if (ended.killed().equals("time")) {
      return new Verdict.Unverifiable("it takes longer than " + seconds(wall));
    }
    if (ended.exit() == PROCESSOR_TIME_OVER || ended.cpu() >= limits.cpu().toSeconds()) {
      return new Verdict.Unverifiable("it takes more processor time than " + seconds(limits.cpu()));
    }
    return new Verdict.Incorrect(
        ended.exit() < 0
            ? "it is ended by signal " + -ended.exit()
            : "it ends with exit code " + ended.exit());
  }

  private static String seconds(Duration time) {
    return Double.toString(time.toMillis() / 1e3).replaceFirst("\\.0$", "") + " s";
  }

  private static String reason(byte[] json) {
    try {
      return Values.JSON.readTree(json).path("wrong").asString("it reports what nobody asked for");
    } catch (JacksonException e) {
      return "it reports what cannot be read";
    }
  }

  /** The verdict that tests report, or that their end means. */
  static Verdict ofTests(Event event) {
    return switch (event) {
      case Said(byte[] json) -> result(Values.JSON.readTree(json));
      case Ended(int _, double _, String killed, boolean _)
      when killed.equals("time") -> new Verdict.Unverifiable("the tests take too long");
      case Ended(int exit, double _, String _, boolean _) ->
        new Verdict.Unverifiable("the tests end early, with exit code " + exit);
      default -> new Verdict.Unverifiable("the tests report nothing");
    };
  }

  private static Verdict result(JsonNode result) {
    if (result.path("passed").asBoolean(false)) {
      return new Verdict.Correct();
    }
    return result.has("failed")
        ? new Verdict.Incorrect("failed: " + result.path("failed").asString(""))
        : new Verdict.Unverifiable(result.path("undecided").asString("the tests report nothing"));
  }
}
