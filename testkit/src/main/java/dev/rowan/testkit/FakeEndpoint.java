package dev.rowan.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An OpenAI-compatible endpoint on 127.0.0.1 that does what a test tells it: each request gets the next behaviour of the
 * script, and once the script is over the last one again.
 */
public final class FakeEndpoint implements AutoCloseable {

  /** What happens to one request. */
  @FunctionalInterface
  public interface Behaviour {

    /** Answers, or fails to. */
    void answer(HttpExchange exchange, String requestBody) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Behaviour> script = new ArrayDeque<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger mostInFlight = new AtomicInteger();
  private final CountDownLatch abandoned = new CountDownLatch(1);

  private FakeEndpoint(List<Behaviour> behaviours) throws IOException {
    script.addAll(behaviours);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/v1/chat/completions", this::handle);
    server.start();
  }

  /** An endpoint that is up and follows this script. */
  public static FakeEndpoint start(Behaviour... behaviours) {
    try {
      return new FakeEndpoint(List.of(behaviours));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its base address. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** The requests' bodies so far. */
  public List<String> bodies() {
    return bodies;
  }

  /** The requests' {@code Authorization} headers so far; "" where there was none. */
  public List<String> authorizations() {
    return authorizations;
  }

  /** The most requests that were answered at the same time. */
  public int mostInFlight() {
    return mostInFlight.get();
  }

  /** Opens when a client left in the middle of an answer. */
  public CountDownLatch abandoned() {
    return abandoned;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private synchronized Behaviour next() {
    return script.size() > 1 ? script.remove() : script.element();
  }

  private void handle(HttpExchange exchange) throws IOException {
    mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    try {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      bodies.add(body);
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      authorizations.add(authorization == null ? "" : authorization);
      next().answer(exchange, body);
      exchange.close();
    } catch (DroppedException e) {
      throw e; // the server drops a connection whose handler failed
    } catch (IOException e) {
      abandoned.countDown();
      throw e;
    } finally {
      inFlight.decrementAndGet();
    }
  }

  /** Thrown by a behaviour to drop the connection as it is. */
  static final class DroppedException extends IOException {
    private static final long serialVersionUID = 1;
  }
}
