package dev.rowan.model.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A hub on this machine whose connections break, lie and lead elsewhere as a test asks. */
final class FakeHub implements AutoCloseable {

  /**
   * A request that came.
   *
   * @param path what for
   * @param range which bytes
   * @param token with which key
   */
  record Seen(String path, Optional<String> range, Optional<String> token) {}

  private final HttpServer server;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, String> redirects = new ConcurrentHashMap<>();
  private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> cuts = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> stalls = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> corruptions = new ConcurrentHashMap<>();
  private final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Map<String, String> contentRanges = new ConcurrentHashMap<>();
  private boolean ranges = true;
  private boolean checksTags = true;
  private int most = Integer.MAX_VALUE;

  FakeHub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  URI uri(String path) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + path);
  }

  void put(String path, byte[] content) {
    files.put(path, content);
  }

  void put(String path, String content) {
    put(path, content.getBytes(StandardCharsets.UTF_8));
  }

  void redirect(String path, URI to) {
    redirect(path, to.toString());
  }

  void redirect(String path, String to) {
    redirects.put(path, to);
  }

  void status(String path, int status) {
    statuses.put(path, status);
  }

  /** The next answers break off after half of what they were to send. */
  void cut(String path, int times) {
    cuts.put(path, new AtomicInteger(times));
  }

  /** The next answers stop after half of what they were to send, and leave the connection open. */
  void stall(String path, int times) {
    stalls.put(path, new AtomicInteger(times));
  }

  /** The next answers have a byte that is another. */
  void corrupt(String path, int times) {
    corruptions.put(path, new AtomicInteger(times));
  }

  void withoutRanges() {
    ranges = false;
  }

  /** Gives the rest of a file even where that is another by now. */
  void withoutIfRange() {
    checksTags = false;
  }

  /** Gives so many bytes of a rest at most. */
  void inPieces(int bytes) {
    most = bytes;
  }

  /** Answers with status 416 and this range, whatever was asked for. */
  void unsatisfiable(String path, String contentRange) {
    contentRanges.put(path, contentRange);
  }

  List<Seen> seen(String path) {
    return List.copyOf(seen).stream().filter(it -> it.path().equals(path)).toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Optional<String> range = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"));
    seen.add(new Seen(
        path, range, Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))));
    try (exchange) {
      if (redirects.containsKey(path)) {
        exchange.getResponseHeaders().add("Location", redirects.get(path));
        exchange.sendResponseHeaders(302, -1);
      } else if (contentRanges.containsKey(path)) {
        exchange.getResponseHeaders().add("Content-Range", contentRanges.get(path));
        exchange.sendResponseHeaders(416, -1);
      } else if (statuses.containsKey(path) || !files.containsKey(path)) {
        exchange.sendResponseHeaders(statuses.getOrDefault(path, 404), -1);
      } else {
        send(exchange, path, range);
      }
    }
  }

  private void send(HttpExchange exchange, String path, Optional<String> range) throws IOException {
    byte[] content = files.getOrDefault(path, new byte[0]).clone();
    String tag = "\"" + Arrays.hashCode(content) + "\"";
    if (took(corruptions, path)) {
      content[content.length / 2] ^= 1;
    }
    boolean same = !checksTags || tag.equals(exchange.getRequestHeaders().getFirst("If-Range"));
    int start = ranges && same
        ? range.map(it -> Integer.parseInt(it.replaceAll("\\D", ""))).orElse(0)
        : 0;
    exchange.getResponseHeaders().add("ETag", tag);
    if (start >= content.length) {
      exchange.getResponseHeaders().add("Content-Range", "bytes */" + content.length);
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    int length = start > 0 ? Math.min(most, content.length - start) : content.length;
    if (start > 0) {
      exchange
          .getResponseHeaders()
          .add(
              "Content-Range",
              "bytes " + start + "-" + (start + length - 1) + "/" + content.length);
    }
    exchange.sendResponseHeaders(start > 0 ? 206 : 200, length);
    boolean stalls = took(this.stalls, path);
    int sent = took(cuts, path) || stalls ? length / 2 : length;
    exchange.getResponseBody().write(content, start, sent);
    exchange.getResponseBody().flush();
    if (stalls) {
      try {
        closing.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean took(Map<String, AtomicInteger> left, String path) {
    AtomicInteger times = left.get(path);
    return times != null && times.getAndDecrement() > 0;
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdown();
  }

  /** An environment with these variables. */
  static Map<String, String> variables(String... pairs) {
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      variables.put(pairs[i], pairs[i + 1]);
    }
    return variables;
  }
}
