package dev.rowan.verify.code;

import dev.rowan.core.Verdict;
import dev.rowan.verify.code.ForkServer.Ended;
import dev.rowan.verify.code.ForkServer.Event;
import dev.rowan.verify.code.ForkServer.Printed;
import dev.rowan.verify.code.ForkServer.Said;
import dev.rowan.verify.sandbox.Limits;
import java.time.Duration;
import tools.jackson.core.JacksonException;

/** What it means that a run ended, or said something else than what it was asked. */
final class Endings {

  private static final String NONSENSE = "it breaks into the talk between tests and answer";
  private static final int PROCESSOR_TIME_OVER = -24;

  private Endings() {}

  /** The verdict on an answer that did not reply. */
  static Verdict early(Event event, Duration wall, Limits limits) {
    return switch (event) {
      case Said said when said.kind() == 'x' -> new Verdict.Incorrect(reason(said));
      case Said _, Printed _ -> new Verdict.Incorrect(NONSENSE);
      case Ended(int exit, double cpu, String killed)
      when killed.equals("output") -> new Verdict.Incorrect("it writes too much");
      case Ended(int exit, double cpu, String killed)
      when killed.equals("time") ->
        new Verdict.Unverifiable("it takes longer than " + seconds(wall));
      case Ended(int exit, double cpu, String killed)
      when exit == PROCESSOR_TIME_OVER || cpu >= limits.cpu().toSeconds() ->
        new Verdict.Unverifiable("it takes more processor time than " + seconds(limits.cpu()));
      case Ended(int exit, double cpu, String killed)
      when exit < 0 -> new Verdict.Incorrect("it is ended by signal " + -exit);
      case Ended(int exit, double cpu, String killed) ->
        new Verdict.Incorrect("it ends with exit code " + exit);
    };
  }

  private static String seconds(Duration time) {
    return Double.toString(time.toMillis() / 1e3).replaceFirst("\\.0$", "") + " s";
  }

  private static String reason(Said said) {
    try {
      return Values.JSON.readTree(said.content()).asString(NONSENSE);
    } catch (JacksonException e) {
      return NONSENSE;
    }
  }

  /** The verdict where the tests ended without a result. */
  static Verdict ofTests(Ended ended) {
    return new Verdict.Unverifiable(
        ended.killed().equals("time")
            ? "the tests take too long"
            : "the tests end early, with exit code " + ended.exit());
  }
}
