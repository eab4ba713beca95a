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

  /** Starts a run of an answer. */
  void answer(Order order) throws IOException {
    running.add(answers);
    answers.order(order);
  }

  /** Starts a run of tests. */
  void test(Order order) throws IOException {
    running.add(tests);
    tests.order(order);
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
    Sent sent = arrivals.take();
    switch (sent.event()) {
      case Ended ended -> {
        running.remove(sent.from());
        clean &= ended.clean();
      }
      case Gone _ -> throw new IOException("it went down");
      default -> {}
    }
    return new Arrival(sent.from() == answers, sent.event());
  }

  /** Ends what still runs and leaves nothing of it for the next runs. */
  void settle() throws IOException, InterruptedException {
    for (ForkServer server : running) {
      server.kill();
    }
    while (!running.isEmpty()) {
      next();
    }
    answers.drain();
    tests.drain();
    for (int drained = 0; drained < 2; ) {
      drained += next().event() instanceof Drained ? 1 : 0;
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
