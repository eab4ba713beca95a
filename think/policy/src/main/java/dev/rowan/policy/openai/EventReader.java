package dev.rowan.policy.openai;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Puts lines together to server-sent events. Every line, also a comment that keeps the connection open, is a sign of life. */
final class EventReader {

  private static final String DATA = "data:";

  private final LineStream lines;

  EventReader(LineStream lines) {
    this.lines = lines;
  }

  /** The data of the next event that has any; empty at the end. An event without its blank line was cut: it is dropped. */
  Optional<String> next(Supplier<Duration> patience)
      throws IOException, TimeoutException, InterruptedException {
    StringJoiner data = new StringJoiner("\n");
    data.setEmptyValue("");
    while (true) {
      Optional<String> line = lines.next(patience.get());
      if (line.isEmpty()) {
        return Optional.empty();
      }
      if (line.get().startsWith(DATA)) {
        data.add(line.get().substring(DATA.length()).strip());
      } else if (line.get().isEmpty() && data.length() > 0) {
        return Optional.of(data.toString());
      }
    }
  }
}
