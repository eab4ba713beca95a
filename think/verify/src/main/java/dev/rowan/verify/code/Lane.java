package dev.rowan.verify.code;

import dev.rowan.core.Reference.Pair;
import dev.rowan.core.Reference.Tests;
import dev.rowan.core.Reference.UnitTests;
import dev.rowan.core.Verdict;
import dev.rowan.verify.code.ForkServer.Event;
import dev.rowan.verify.code.ForkServer.Printed;
import dev.rowan.verify.code.ForkServer.Said;
import dev.rowan.verify.sandbox.Execution;
import dev.rowan.verify.sandbox.Limits;
import dev.rowan.verify.sandbox.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Checks answers in Python, one at a time, in two warm sandboxes. */
final class Lane implements AutoCloseable {

  /** How much longer tests may run than the answer that they wait for. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private static final long MAX_REPLIES = 64 << 20;

  private final Twins twins;
  private final Limits limits;
  private final Duration wall;

  private Lane(Twins twins, Limits limits, Duration wall) {
    this.twins = twins;
    this.limits = limits;
    this.wall = wall;
  }

  static Lane start(Sandbox sandbox, Limits limits, Duration wall) throws IOException {
    return new Lane(Twins.start(sandbox, limits), limits, wall);
  }

  /** Whether it can take another check. */
  boolean usable() {
    return twins.usable();
  }

  @Override
  public void close() {
    twins.close();
  }

  /**
   * Whether an answer, in the first of its readings that compiles, does what {@code unit} asks.
   *
   * @throws IOException if it brings the sandbox down
   */
  Verdict check(UnitTests unit, List<String> readings)
      throws IOException, BadTestsException, InterruptedException {
    Verdict verdict =
        switch (unit.tests()) {
          case Tests.Assertions(String code) -> assertions(unit, code, readings);
          case Tests.Pairs(List<Pair> pairs) ->
            unit.entryPoint().isEmpty()
                ? programs(pairs, readings)
                : calls(Call.of(unit.entryPoint(), pairs), readings);
        };
    twins.settle();
    return verdict;
  }

  private Verdict assertions(UnitTests unit, String code, List<String> readings)
      throws IOException, InterruptedException {
    Report report = report(unit, code, false, readings);
    if (!report.hinges()) {
      return report.verdict();
    }
    twins.settle();
    return report(unit, code, true, readings).verdict().isCorrect()
        ? Report.DOUBTFUL
        : report.verdict();
  }

  private Report report(UnitTests unit, String code, boolean asChanged, List<String> readings)
      throws IOException, InterruptedException {
    Order tests = new Order(
        "tests",
        true,
        List.of(),
        unit.entryPoint(),
        unit.prompt(),
        code,
        asChanged,
        seconds(wall.plus(GRACE)),
        limits.cpu().toSeconds(),
        limits.memory(),
        MAX_REPLIES);
    twins.converse(answer(true, unit.entryPoint(), readings), tests);
    Arrival arrival = twins.next();
    return arrival.ofAnswer()
        ? Report.of(Endings.ofAnswer(arrival.event(), wall, limits))
        : Endings.ofTests(arrival.event());
  }

  private Verdict calls(List<Call> calls, List<String> readings)
      throws IOException, InterruptedException {
    twins.answer(answer(false, calls.getFirst().entry(), readings));
    for (Call call : calls) {
      twins.ask(call.request());
      Event event = twins.next().event();
      Verdict verdict = event instanceof Said(byte[] reply)
          ? call.judge(reply)
          : Endings.ofAnswer(event, wall, limits);
      if (!verdict.isCorrect()) {
        return verdict;
      }
    }
    return new Verdict.Correct();
  }

  private Verdict programs(List<Pair> pairs, List<String> readings)
      throws IOException, InterruptedException {
    for (int i = 0; i < pairs.size(); i++) {
      twins.answer(new Order(
          "program",
          false,
          readings,
          "",
          "",
          "",
          false,
          seconds(wall),
          limits.cpu().toSeconds(),
          limits.memory(),
          Execution.MAX_OUTPUT));
      twins.input(pairs.get(i).input().getBytes(StandardCharsets.UTF_8));
      Verdict verdict = program(pairs.get(i).output());
      if (verdict instanceof Verdict.Incorrect(String reason)) {
        return new Verdict.Incorrect("input " + (i + 1) + ": " + reason);
      }
      if (!verdict.isCorrect()) {
        return verdict;
      }
    }
    return new Verdict.Correct();
  }

  private Verdict program(String expected) throws IOException, InterruptedException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Event event = twins.next().event();
    while (event instanceof Printed(byte[] bytes)) {
      printed.write(bytes);
      event = twins.next().event();
    }
    return event instanceof ForkServer.Ended ended && ended.exit() == 0
        ? Output.compare(expected, printed.toString(StandardCharsets.UTF_8))
        : Endings.ofAnswer(event, wall, limits);
  }

  private Order answer(boolean direct, String entry, List<String> readings) {
    return new Order(
        "answer",
        direct,
        readings,
        entry,
        "",
        "",
        false,
        seconds(wall),
        limits.cpu().toSeconds(),
        limits.memory(),
        MAX_REPLIES);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }
}
