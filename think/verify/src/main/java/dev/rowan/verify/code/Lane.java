package dev.rowan.verify.code;

import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
import dev.rowan.verify.code.ForkServer.Ended;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Two sandboxes with a warm Python each, one for answers and one for tests, and nothing between them but this class. One
 * check at a time.
 */
final class Lane implements AutoCloseable {

  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final long MAX_REPLIES = 64 << 20;

  private final ForkServer answers;
  private final ForkServer tests;
  private final Limits limits;
  private final Duration wall;
  private boolean clean = true;

  private Lane(ForkServer answers, ForkServer tests, Limits limits, Duration wall) {
    this.answers = answers;
    this.tests = tests;
    this.limits = limits;
    this.wall = wall;
  }

  static Lane start(Sandbox sandbox, Limits limits, Duration wall) throws IOException {
    ForkServer answers = ForkServer.start(sandbox, limits);
    try {
      return new Lane(answers, ForkServer.start(sandbox, limits), limits, wall);
    } catch (IOException e) {
      answers.close();
      throw e;
    }
  }

  /** Whether it can take another check. */
  boolean usable() {
    return clean && answers.alive() && tests.alive();
  }

  @Override
  public void close() {
    answers.close();
    tests.close();
  }

  /** Whether the readings of an answer do what {@code unit} asks. */
  Verdict check(Reference.UnitTests unit, List<String> readings)
      throws IOException, BadTestsException {
    clean = false;
    Verdict verdict =
        switch (unit.tests()) {
          case Reference.Tests.Assertions(String code) -> assertions(unit, code, readings);
          case Reference.Tests.Pairs(List<Reference.Pair> pairs) ->
            unit.entryPoint().isEmpty()
                ? programs(pairs, readings)
                : calls(unit.entryPoint(), pairs, readings);
        };
    boolean answersAreClean = answers.stop();
    clean = tests.stop() && answersAreClean;
    return verdict;
  }

  private Verdict assertions(Reference.UnitTests unit, String code, List<String> readings)
      throws IOException {
    answers.order(order("answer", readings, unit.entryPoint()));
    tests.order(new Order(
        "tests",
        List.of(),
        unit.entryPoint(),
        unit.prompt(),
        code,
        seconds(wall.plus(GRACE)),
        limits.cpu().toSeconds(),
        limits.memory(),
        Long.MAX_VALUE));
    while (true) {
      switch (tests.read()) {
        case Said said
        when said.kind() == 'r' -> {
          return result(Values.JSON.readTree(said.content()));
        }
        case Said question -> {
          answers.say(question.content());
          switch (answers.read()) {
            case Said reply
            when reply.kind() == 'a' || reply.kind() == 'c' -> tests.say(reply.bytes());
            case Event other -> {
              return Endings.early(other, wall, limits);
            }
          }
        }
        case Printed _ -> {}
        case Ended ended -> {
          return Endings.ofTests(ended);
        }
      }
    }
  }

  private static Verdict result(JsonNode result) {
    if (result.path("passed").asBoolean(false)) {
      return new Verdict.Correct();
    }
    return result.has("failed")
        ? new Verdict.Incorrect("failed: " + result.path("failed").asString(""))
        : new Verdict.Unverifiable(result.path("undecided").asString("the tests did not end"));
  }

  private Verdict calls(String entry, List<Reference.Pair> pairs, List<String> readings)
      throws IOException, BadTestsException {
    List<Call> calls = Call.of(entry, pairs);
    answers.order(order("answer", readings, entry));
    Event found = ask(Values.JSON.createObjectNode().put("op", "name").put("of", entry));
    if (!(found instanceof Said function && function.kind() == 'a')) {
      return Endings.early(found, wall, limits);
    }
    for (Call call : calls) {
      Event event = ask(call.request(Values.JSON.readTree(function.content()).path("v")));
      if (!(event instanceof Said reply && reply.kind() == 'a')) {
        return Endings.early(event, wall, limits);
      }
      Verdict verdict = call.judge(reply.content());
      if (!verdict.isCorrect()) {
        return verdict;
      }
    }
    return new Verdict.Correct();
  }

  private Event ask(ObjectNode request) throws IOException {
    answers.say(Values.JSON.writeValueAsBytes(request));
    return answers.read();
  }

  private Verdict programs(List<Reference.Pair> pairs, List<String> readings) throws IOException {
    for (int i = 0; i < pairs.size(); i++) {
      answers.order(order("program", readings, ""));
      answers.input(pairs.get(i).input().getBytes(StandardCharsets.UTF_8));
      ByteArrayOutputStream printed = new ByteArrayOutputStream();
      Event event = answers.read();
      while (event instanceof Printed(byte[] bytes)) {
        printed.write(bytes);
        event = answers.read();
      }
      if (!(event instanceof Ended ended && ended.exit() == 0 && ended.killed().isEmpty())) {
        return Endings.early(event, wall, limits);
      }
      Verdict verdict =
          Output.compare(pairs.get(i).output(), printed.toString(StandardCharsets.UTF_8));
      if (verdict instanceof Verdict.Incorrect(String reason)) {
        return new Verdict.Incorrect("input " + (i + 1) + ": " + reason);
      }
    }
    return new Verdict.Correct();
  }

  private Order order(String mode, List<String> readings, String entry) {
    return new Order(
        mode,
        readings,
        entry,
        "",
        "",
        seconds(wall),
        limits.cpu().toSeconds(),
        limits.memory(),
        mode.equals("program") ? Execution.MAX_OUTPUT : MAX_REPLIES);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }
}
