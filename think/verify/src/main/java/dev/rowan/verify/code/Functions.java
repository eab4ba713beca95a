package dev.rowan.verify.code;

import dev.rowan.core.Reference.UnitTests;
import dev.rowan.core.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks the functions of an answer that runs in a sandbox of its own; where the tests are code, they do, from another sandbox.
 * Each side speaks only when it is asked.
 */
final class Functions {

  /** How much longer tests may run than the answer that they wait for. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Site site;
  private final UnitTests unit;
  private final List<String> sources;

  Functions(Site site, UnitTests unit, String code) {
    this.site = site;
    this.unit = unit;
    sources = SourceText.readings(site.language(), unit.prompt(), code, unit.entryPoint());
  }

  /** Whether the function returns what it should. */
  Verdict calls(List<Call> calls) throws IOException, InterruptedException {
    try (Peer answer = answer()) {
      for (Call call : calls) {
        answer.say(call.request());
        Optional<byte[]> reply = answer.hear();
        Verdict verdict = reply.isPresent() ? call.judge(reply.get()) : failure(answer);
        if (!verdict.isCorrect()) {
          return verdict;
        }
      }
      return new Verdict.Correct();
    }
  }

  /** Whether tests pass. What only the answer's changes to its arguments can have passed is not known. */
  Verdict tests(String code) throws IOException, InterruptedException {
    Report report = report(code, false);
    return report.hinges() && report(code, true).verdict().isCorrect()
        ? Report.DOUBTFUL
        : report.verdict();
  }

  private Report report(String code, boolean asChanged) throws IOException, InterruptedException {
    try (Peer answer = answer();
        Peer tests = start(site.language().hosts().tests(), site.wall().plus(GRACE))) {
      tests.say(Values.JSON.writeValueAsBytes(
          order().put("tests", code).put("prompt", unit.prompt()).put("asChanged", asChanged)));
      while (true) {
        Optional<byte[]> said = tests.hear();
        if (said.isEmpty()) {
          return Report.of(unreported(tests));
        }
        JsonNode what = Values.JSON.readTree(said.get());
        if (Report.isOne(what)) {
          return Report.of(what);
        }
        answer.say(said.get());
        Optional<byte[]> reply = answer.hear();
        if (reply.isEmpty()) {
          return Report.of(failure(answer));
        }
        Optional<String> wrong = wrong(reply.get());
        if (wrong.isPresent()) {
          return Report.of(new Verdict.Incorrect(wrong.get()));
        }
        tests.say(reply.get());
      }
    }
  }

  /** What an answer complains of itself, or what is wrong with what it says. */
  private static Optional<String> wrong(byte[] reply) {
    try {
      JsonNode said = Values.JSON.readTree(reply);
      return said.has("wrong") || !said.isObject()
          ? Optional.of(said.path("wrong").asString("it replies what nobody can read"))
          : Optional.empty();
    } catch (JacksonException e) {
      return Optional.of("it replies what nobody can read");
    }
  }

  private Peer answer() throws IOException {
    Peer answer = start(site.language().hosts().answer(), site.wall());
    ObjectNode order = order();
    sources.forEach(order.withArray("sources")::add);
    answer.say(Values.JSON.writeValueAsBytes(order));
    return answer;
  }

  private ObjectNode order() {
    return Values.JSON.createObjectNode().put("entry", unit.entryPoint());
  }

  private Peer start(List<String> command, Duration wall) throws IOException {
    String folder = site.folder().toString();
    List<String> placed =
        command.stream().map(word -> word.replaceFirst("^DIR", folder)).toList();
    return Peer.start(
        site.sandbox(), site.job(placed), wall.plus(site.language().start()));
  }

  private Verdict failure(Peer answer) throws IOException, InterruptedException {
    return site.failure(answer.outcome());
  }

  private static Verdict unreported(Peer tests) throws IOException, InterruptedException {
    var outcome = tests.outcome();
    return new Verdict.Unverifiable(
        switch (outcome.end()) {
          case TIMED_OUT -> "the tests take too long";
          case FLOODED -> "the tests send too much";
          case EXITED ->
            "the tests end early, with exit code " + outcome.exit() + ": " + Site.quote(outcome);
        });
  }
}
