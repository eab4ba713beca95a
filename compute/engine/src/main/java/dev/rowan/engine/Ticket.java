package dev.rowan.engine;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A caller's request on its way through a lane, and the way back for its result. */
final class Ticket {

  private static final Sampler.Draw END = new Sampler.Draw(-1, 0, List.of());

  private final int[] prompt;
  private final @Nullable GenerationRequest generation;
  private final int hiddenFrom;
  private final long deadlineNanos;
  private final @Nullable BlockingQueue<Sampler.Draw> stream;
  private final CompletableFuture<Object> result = new CompletableFuture<>();
  private volatile boolean cancelled;

  private Ticket(
      int[] prompt,
      @Nullable GenerationRequest generation,
      int hiddenFrom,
      long deadlineNanos,
      boolean streams) {
    this.prompt = prompt;
    this.generation = generation;
    this.hiddenFrom = hiddenFrom;
    this.deadlineNanos = deadlineNanos;
    this.stream = streams ? new LinkedBlockingQueue<>() : null;
  }

  /** A request to generate, which ends with what it has once {@link System#nanoTime()} has passed {@code deadlineNanos}. */
  static Ticket generation(GenerationRequest request, long deadlineNanos, boolean streams) {
    return new Ticket(request.prompt(), request, -1, deadlineNanos, streams);
  }

  static Ticket hidden(int[] tokens, int from) {
    return new Ticket(tokens, null, from, 0, false);
  }

  int[] prompt() {
    return prompt;
  }

  long seed() {
    return generation == null ? 0 : generation.seed();
  }

  /** What to generate; empty for a request for hidden states. */
  Optional<GenerationRequest> generation() {
    return Optional.ofNullable(generation);
  }

  /** The first position whose hidden state is wanted. */
  int hiddenFrom() {
    return hiddenFrom;
  }

  /** The longest that the sequence can become. */
  int maxLength() {
    return prompt.length + (generation == null ? 0 : generation.maxTokens());
  }

  /** Positions that may come from the cache: the rest has to be computed. */
  int reusable() {
    return generation == null ? hiddenFrom : prompt.length - 1;
  }

  boolean cancelled() {
    return cancelled;
  }

  /** Whether the time to generate is over; never for a request for hidden states. */
  boolean late(long nowNanos) {
    return generation != null && nowNanos - deadlineNanos >= 0;
  }

  void heard(Sampler.Draw draw) {
    if (stream != null) {
      stream.add(draw);
    }
  }

  void finish(Object value) {
    result.complete(value);
    heard(END);
  }

  void fail(EngineException failure) {
    result.completeExceptionally(failure);
    heard(END);
  }

  /** Waits for the result. Whatever throws here, an interruption or the sink, cancels the request. */
  <T> T await(Class<T> type, TokenSink sink) throws InterruptedException {
    try {
      if (stream != null) {
        for (Sampler.Draw draw = stream.take(); !draw.equals(END); draw = stream.take()) {
          sink.accept(draw.token(), draw.logProb());
        }
      }
      return type.cast(result.get());
    } catch (ExecutionException e) {
      // A new one, because the lane's is shared by all whom it failed, and shows the lane's stack.
      Throwable failure = Objects.requireNonNull(e.getCause());
      throw new EngineException(String.valueOf(failure.getMessage()), failure);
    } finally {
      cancelled = true;
    }
  }
}
