package dev.rowan.verify.code;

import dev.rowan.core.Verdict;
import dev.rowan.verify.code.ForkServer.Ended;
import dev.rowan.verify.code.ForkServer.Event;
import dev.rowan.verify.code.ForkServer.Said;
import dev.rowan.verify.sandbox.Limits;
import java.time.Duration;
import tools.jackson.core.JacksonException;

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

  static String seconds(Duration time) {
    return Double.toString(time.toMillis() / 1e3).replaceFirst("\\.0$", "") + " s";
  }

  private static String reason(byte[] json) {
    try {
      return Values.JSON.readTree(json).path("wrong").asString("it reports what nobody asked for");
    } catch (JacksonException e) {
      return "it reports what cannot be read";
    }
  }

  /** What tests report, or what their end means. */
  static Report ofTests(Event event) {
    return switch (event) {
      case Said(byte[] json) -> Report.of(Values.JSON.readTree(json));
      case Ended(int _, double _, String killed, boolean _)
      when killed.equals("time") -> Report.of(new Verdict.Unverifiable("the tests take too long"));
      case Ended(int exit, double _, String _, boolean _) ->
        Report.of(new Verdict.Unverifiable("the tests end early, with exit code " + exit));
      default -> Report.of(new Verdict.Unverifiable("the tests report nothing"));
    };
  }
}
