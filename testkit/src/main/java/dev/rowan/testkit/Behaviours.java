package dev.rowan.testkit;

import com.sun.net.httpserver.HttpExchange;
import dev.rowan.testkit.FakeEndpoint.Behaviour;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Behaviours of a {@link FakeEndpoint}: answers and all the ways to fail. */
public final class Behaviours {

  private Behaviours() {}

  /** Streams these pieces, a finish and the usage: 10 prompt tokens and one token a piece. */
  public static Behaviour says(String... pieces) {
    return streams(whole("stop", pieces));
  }

  /** The chunks of a whole answer with this finish reason and its usage. */
  public static String[] whole(String finishReason, String... pieces) {
    String[] chunks = new String[pieces.length + 3];
    for (int i = 0; i < pieces.length; i++) {
      chunks[i] = delta(pieces[i]);
    }
    chunks[pieces.length] =
        "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + finishReason + "\"}]}";
    chunks[pieces.length + 1] =
        "{\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":" + pieces.length
            + "}}";
    chunks[pieces.length + 2] = "[DONE]";
    return chunks;
  }

  /** A chunk that adds this text. */
  public static String delta(String text) {
    String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + escaped
        + "\"},\"finish_reason\":null}]}";
  }

  /** Streams these chunks and ends properly. */
  public static Behaviour streams(String... chunks) {
    return (exchange, body) -> {
      try (OutputStream out = begin(exchange)) {
        send(out, chunks);
      }
    };
  }

  /** Streams these chunks, then drops the connection. */
  public static Behaviour cutsAfter(String... chunks) {
    return (exchange, body) -> {
      send(begin(exchange), chunks);
      throw new FakeEndpoint.DroppedException();
    };
  }

  /** Drops the connection at once. */
  public static Behaviour drops() {
    return (exchange, body) -> {
      throw new FakeEndpoint.DroppedException();
    };
  }

  /** Streams these chunks, then nothing until the client leaves. */
  public static Behaviour hangsAfter(String... chunks) {
    return (exchange, body) -> {
      OutputStream out = begin(exchange);
      send(out, chunks);
      LockSupport.park();
    };
  }

  /** Accepts the request and never answers. */
  public static Behaviour hangs() {
    return (exchange, body) -> LockSupport.park();
  }

  /** Streams this chunk over and over until the client leaves. */
  public static Behaviour babbles(String chunk) {
    return (exchange, body) -> {
      OutputStream out = begin(exchange);
      while (!Thread.currentThread().isInterrupted()) {
        send(out, chunk);
        LockSupport.parkNanos(2_000_000);
      }
    };
  }

  /** Sends a byte at a time of an event that never ends, until the client leaves. */
  public static Behaviour dribbles() {
    return (exchange, body) -> {
      OutputStream out = begin(exchange);
      while (!Thread.currentThread().isInterrupted()) {
        out.write('x');
        out.flush();
        LockSupport.parkNanos(2_000_000);
      }
    };
  }

  /** Refuses with this status and message, in OpenAI's form. */
  public static Behaviour refuses(int status, String message) {
    return refuses(status, message, "null");
  }

  /** Refuses, naming a parameter (JSON: a quoted string or null). */
  public static Behaviour refuses(int status, String message, String parameter) {
    String error = "{\"error\":{\"message\":\"" + message
        + "\",\"type\":\"invalid_request_error\",\"param\":" + parameter + ",\"code\":null}}";
    return (exchange, body) -> respond(exchange, status, "application/json", error);
  }

  /** Answers 429 and asks for a wait of this many seconds. */
  public static Behaviour asksToWait(String seconds) {
    return (exchange, body) -> {
      exchange.getResponseHeaders().set("Retry-After", seconds);
      respond(exchange, 429, "application/json", "{\"error\":{\"message\":\"slow down\"}}");
    };
  }

  /** Answers 200 with a body that is no stream. */
  public static Behaviour answers(String contentType, String text) {
    return (exchange, body) -> respond(exchange, 200, contentType, text);
  }

  /** Refuses requests that hold {@code parameter}; the others get {@code otherwise}. */
  public static Behaviour without(String parameter, Behaviour otherwise) {
    Behaviour refusal = refuses(400, "Unrecognized request argument supplied: " + parameter);
    return (exchange, body) ->
        (body.contains('"' + parameter + '"') ? refusal : otherwise).answer(exchange, body);
  }

  private static void respond(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static OutputStream begin(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
    exchange.sendResponseHeaders(200, 0);
    return exchange.getResponseBody();
  }

  private static void send(OutputStream out, String... chunks) throws IOException {
    for (String chunk : List.of(chunks)) {
      out.write(("data: " + chunk + "\n\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }
}
