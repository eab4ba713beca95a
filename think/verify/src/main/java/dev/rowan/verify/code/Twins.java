package dev.rowan.verify.code;

import dev.rowan.verify.code.ForkServer.Drained;
import dev.rowan.verify.code.ForkServer.Ended;
import dev.rowan.verify.code.ForkServer.Event;
import dev.rowan.verify.code.ForkServer.Gone;
import dev.rowan.verify.sandbox.Limits;
import dev.rowan.verify.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;

/** Two fork servers in two sandboxes, one for answers and one for tests, and a channel between their runs. */
final class Twins implements AutoCloseable {

  private final BlockingQueue<Sent> arrivals = new LinkedBlockingQueue<>();
  private final Set<ForkServer> running = new HashSet<>();
  private final ForkServer answers;
  private final ForkServer tests;
  private boolean clean = true;

  /** What came from one of the two. */
  private record Sent(ForkServer from, Event event) {}

  private Twins(Sandbox sandbox, Limits limits, Path folder) throws IOException {
    BlockingQueue<Sent> queue = arrivals;
    BiConsumer<ForkServer, Event> listener = (from, event) -> queue.add(new Sent(from, event));
    Path requests = folder.resolve("requests");
    Path replies = folder.resolve("replies");
    answers = ForkServer.start(sandbox, limits, requests, replies, listener);
    try {
      tests = ForkServer.start(sandbox, limits, replies, requests, listener);
    } catch (IOException e) {
      answers.close();
      throw e;
    }
  }

  /**
   * Starts both.
   *
   * @throws IOException if one does not come up
   */
  static Twins start(Sandbox sandbox, Limits limits) throws IOException {
    // The pipes need names only until both have opened them.
    Path folder = Files.createTempDirectory("rowan-pipes");
    try {
      return new Twins(sandbox, limits, folder);
    } finally {
      Files.deleteIfExists(folder.resolve("requests"));
      Files.deleteIfExists(folder.resolve("replies"));
      Files.delete(folder);
    }
  }

  /** Starts a run of an answer that the verifier talks to. */
  void answer(Order order) throws IOException {
    running.add(answers);
    answers.order(order);
  }

  /** Starts a run of an answer and one of tests that talk to each other. */
  void converse(Order answer, Order test) throws IOException, InterruptedException {
    // What earlier runs left in the channel goes first: both of them have ended. Tests speak first,
    // so they start only
    // when their way is free; an answer's way is free before the first question is on its way.
    answers.drain();
    answer(answer);
    tests.drain();
    while (!(take() instanceof Sent(ForkServer from, Drained _) && from == answers)) {
      // That the tests' side is empty too is nothing to wait for.
    }
    running.add(tests);
    tests.order(test);
  }

  /** Asks the answer something, where no tests do. */
  void ask(byte[] request) throws IOException {
    answers.say(request);
  }

  /** The whole standard input of the answer. */
  void input(byte[] bytes) throws IOException {
    answers.input(bytes);
  }

  /**
   * Waits for what comes next.
   *
   * @throws IOException if a server is gone
   */
  Arrival next() throws IOException, InterruptedException {
    Sent sent = take();
    while (sent.event() instanceof Drained) {
      sent = take();
    }
    return new Arrival(sent.from() == answers, sent.event());
  }

  private Sent take() throws IOException, InterruptedException {
    Sent sent = arrivals.take();
    if (sent.event() instanceof Ended ended) {
      running.remove(sent.from());
      clean &= ended.clean();
    } else if (sent.event() instanceof Gone) {
      throw new IOException("it went down");
    }
    return sent;
  }

  /** Ends what still runs. */
  void settle() throws IOException, InterruptedException {
    for (ForkServer server : running) {
      server.kill();
    }
    while (!running.isEmpty()) {
      take();
    }
  }

  /** Whether nothing is wrong with them. */
  boolean usable() {
    return clean && running.isEmpty() && answers.alive() && tests.alive();
  }

  @Override
  public void close() {
    answers.close();
    tests.close();
  }
}
