package dev.rowan.policy.openai;

import dev.rowan.core.Budget;
import dev.rowan.core.BudgetSpentException;
import dev.rowan.core.Completion;
import dev.rowan.core.PolicyException.Reason;
import dev.rowan.policy.openai.CallFailedException.Tries;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** One try at an answer. Interrupting the thread, the budget's deadline and silence all give up the HTTP exchange. */
final class Call {

  private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504, 529);
  private static final int LONGEST_ERROR = 1 << 16;

  private final HttpClient client;
  private final Endpoint endpoint;
  private final Dialect dialect;
  private final Budget budget;

  Call(HttpClient client, Endpoint endpoint, Dialect dialect, Budget budget) {
    this.client = client;
    this.endpoint = endpoint;
    this.dialect = dialect;
    this.budget = budget;
  }

  /**
   * Asks, and reads the answer into {@code reply}.
   *
   * @return the answer; empty if the endpoint refused a parameter it can do without, so that asking again makes sense
   * @throws BudgetSpentException if the time ran out before anything was written
   */
  Optional<Completion> run(ChatRequest request, Reply reply)
      throws CallFailedException, InterruptedException {
    LineStream lines = new LineStream();
    CompletableFuture<HttpResponse<LineStream>> sent =
        client.sendAsync(toHttp(request), info -> lines);
    try (lines) {
      HttpResponse<LineStream> response = await(sent, reply);
      if (response.statusCode() != 200) {
        fail(response, request);
        return Optional.empty();
      }
      reply.mayBeBilled();
      requireStream(response);
      read(lines, reply);
      return Optional.of(reply.completion());
    } catch (TimeoutException e) {
      return Optional.of(outOfTime(reply));
    } finally {
      sent.cancel(true);
    }
  }

  private HttpRequest toHttp(ChatRequest request) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(endpoint.completions())
        .header("Content-Type", "application/json")
        .header("Accept", "text/event-stream")
        .POST(BodyPublishers.ofString(request.json()));
    endpoint.key().ifPresent(key -> builder.header("Authorization", key.authorization()));
    return builder.build();
  }

  private Duration patience() {
    Duration left = budget.timeLeft();
    return left.compareTo(endpoint.idleTimeout()) < 0 ? left : endpoint.idleTimeout();
  }

  private HttpResponse<LineStream> await(
      CompletableFuture<HttpResponse<LineStream>> sent, Reply reply)
      throws CallFailedException, TimeoutException, InterruptedException {
    boolean answered = false;
    try {
      HttpResponse<LineStream> response = sent.get(patience().toNanos(), TimeUnit.NANOSECONDS);
      answered = true;
      return response;
    } catch (ExecutionException e) {
      answered = true;
      throw unanswered(e);
    } finally {
      if (!answered) {
        reply.mayBeBilled();
      }
    }
  }

  private CallFailedException unanswered(ExecutionException failure) {
    String remedy = "is it running, and is the address right?";
    return switch (failure.getCause()) {
      case ConnectException _ ->
        new CallFailedException(
            Reason.UNREACHABLE, Tries.THREE, "cannot reach " + endpoint.base() + ": " + remedy);
      case HttpConnectTimeoutException _ ->
        new CallFailedException(
            Reason.UNREACHABLE,
            Tries.TWO,
            "cannot reach " + endpoint.base() + " in time: " + remedy);
      case SSLException e ->
        new CallFailedException(
            Reason.UNREACHABLE,
            Tries.ONE,
            "no secure connection to " + endpoint.base() + ": " + e.getMessage());
      case null, default ->
        new CallFailedException(
            Reason.UNAVAILABLE,
            Tries.FIVE,
            endpoint.base() + " closed the connection without an answer: try again later");
    };
  }

  /** Returns if asking again at once makes sense. */
  private void fail(HttpResponse<LineStream> response, ChatRequest request)
      throws CallFailedException, TimeoutException, InterruptedException {
    ApiError error = ApiError.parse(body(response.body()));
    int status = response.statusCode();
    if ((status == 400 || status == 422) && dialect.learn(error, request.parameters())) {
      return;
    }
    String said = endpoint.name() + " answered " + status + ": " + error.message();
    if (PASSING.contains(status) && !error.code().equals("insufficient_quota")) {
      throw new CallFailedException(
          Reason.UNAVAILABLE,
          Tries.FIVE,
          said + " (try again later)",
          Backoff.askedBy(response.headers()));
    }
    Reason reason =
        switch (status) {
          case 401, 403 -> Reason.UNAUTHORIZED;
          default -> error.saysTooLong() ? Reason.PROMPT_TOO_LONG : Reason.REFUSED;
        };
    throw new CallFailedException(reason, Tries.ONE, said + " (" + remedy(status, reason) + ")");
  }

  private String remedy(int status, Reason reason) {
    return switch (reason) {
      case UNAUTHORIZED ->
        endpoint.key().isPresent() ? "check the API key and what it may use" : "give an API key";
      case PROMPT_TOO_LONG -> "shorten the prompt or ask for fewer tokens";
      default -> status == 404 ? "check the address and the model's name" : "change the request";
    };
  }

  private String body(LineStream lines) throws TimeoutException, InterruptedException {
    StringBuilder body = new StringBuilder();
    try {
      Optional<String> line = lines.next(patience());
      while (line.isPresent() && body.length() < LONGEST_ERROR) {
        body.append(line.get()).append('\n');
        line = lines.next(patience());
      }
    } catch (IOException e) {
      body.append("(the rest was cut)");
    }
    return body.toString();
  }

  private void requireStream(HttpResponse<LineStream> response)
      throws CallFailedException, TimeoutException, InterruptedException {
    String type = response.headers().firstValue("Content-Type").orElse("text/event-stream");
    if (!type.startsWith("text/event-stream")) {
      String said = ApiError.parse(body(response.body())).message();
      throw new CallFailedException(
          Reason.REFUSED,
          Tries.ONE,
          endpoint.base() + " answered with " + type
              + " instead of a stream: is this a chat endpoint? It says: " + said);
    }
  }

  private void read(LineStream lines, Reply reply)
      throws CallFailedException, TimeoutException, InterruptedException {
    EventReader events = new EventReader(lines);
    try {
      Optional<String> data = events.next(this::patience);
      while (data.isPresent() && !data.get().equals("[DONE]") && !reply.full()) {
        reply.read(data.get());
        data = events.next(this::patience);
      }
      if (!reply.finished() && !reply.full()) {
        throw cut("it ended without a finish");
      }
    } catch (IOException e) {
      throwUnlessFinished(e, reply);
    } catch (TimeoutException e) {
      if (!reply.finished()) {
        throw e;
      }
    }
  }

  private static void throwUnlessFinished(IOException e, Reply reply) throws CallFailedException {
    if (e instanceof CallFailedException failed) {
      throw failed;
    }
    if (!reply.finished()) {
      throw cut(String.valueOf(e.getMessage()));
    }
  }

  private static CallFailedException cut(String how) {
    return new CallFailedException(
        Reason.UNAVAILABLE,
        Tries.FIVE,
        "the endpoint cut its answer (" + how + "): try again later");
  }

  private Completion outOfTime(Reply reply) throws CallFailedException {
    if (!budget.timeLeft().isZero()) {
      throw new CallFailedException(
          Reason.UNAVAILABLE,
          Tries.TWO,
          endpoint.name() + " was silent for " + endpoint.idleTimeout().toSeconds()
              + " s: try again later");
    }
    if (!reply.started()) {
      throw new BudgetSpentException("time");
    }
    return reply.completion();
  }
}
