package dev.rowan.policy.openai;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The lines of a response body, pulled by one reader as they arrive. Waiting for a line can be interrupted and has a
 * deadline, which no input stream over HTTP offers; closing it gives up the connection.
 */
final class LineStream implements BodySubscriber<LineStream>, AutoCloseable {

  private static final int LONGEST_LINE = 8 << 20;

  private sealed interface Signal {
    record Line(String text) implements Signal {}

    record End() implements Signal {}

    record Broken(Throwable cause) implements Signal {}
  }

  private static final Subscription CLOSED = new Subscription() {
    @Override
    public void request(long n) {}

    @Override
    public void cancel() {}
  };

  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final AtomicReference<Optional<Subscription>> subscription =
      new AtomicReference<>(Optional.empty());
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  /**
   * The next line without its line break; empty at the end of the body. A last line without a break is a line.
   *
   * @throws TimeoutException if none was completed in time
   * @throws IOException if the connection broke
   */
  Optional<String> next(Duration wait) throws IOException, TimeoutException, InterruptedException {
    if (signals.isEmpty()) {
      subscription.get().ifPresent(s -> s.request(1));
    }
    Signal signal = signals.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
    return switch (signal) {
      case null -> throw new TimeoutException("no line within " + wait);
      case Signal.Line(String text) -> Optional.of(text);
      case Signal.End _ -> {
        signals.add(signal);
        yield Optional.empty();
      }
      case Signal.Broken(Throwable cause) -> throw new IOException("the connection broke", cause);
    };
  }

  @Override
  public CompletionStage<LineStream> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onSubscribe(Subscription given) {
    if (subscription.compareAndSet(Optional.empty(), Optional.of(given))) {
      given.request(1); // the reader may have come first, and asked nobody
    } else {
      given.cancel();
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    boolean complete = false;
    for (ByteBuffer buffer : buffers) {
      while (buffer.hasRemaining()) {
        byte b = buffer.get();
        if (b == '\n') {
          flush();
          complete = true;
        } else {
          line.write(b);
        }
      }
    }
    if (line.size() > LONGEST_LINE) {
      close();
      signals.add(
          new Signal.Broken(new IOException("a line of more than " + LONGEST_LINE + " bytes")));
    } else if (!complete) {
      subscription.get().ifPresent(s -> s.request(1));
    }
  }

  private void flush() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    signals.add(new Signal.Line(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text));
  }

  @Override
  public void onError(Throwable cause) {
    signals.add(new Signal.Broken(cause));
  }

  @Override
  public void onComplete() {
    if (line.size() > 0) {
      flush();
    }
    signals.add(new Signal.End());
  }

  /** Gives up the rest of the body. */
  @Override
  public void close() {
    subscription.getAndSet(Optional.of(CLOSED)).ifPresent(Subscription::cancel);
  }
}
