package dev.rowan.policy.openai;

import dev.rowan.core.Seeds;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.SplittableRandom;

/** How long to wait between tries: twice as long each time, spread out, and as long as the endpoint asks. */
final class Backoff {

  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final Duration first;
  private final SplittableRandom random;

  Backoff(Duration first, long seed) {
    this.first = first;
    this.random = new SplittableRandom(Seeds.derive(seed, "backoff"));
  }

  /** The wait after try number {@code tries}, counted from 1: half of it sure, half of it random. */
  Duration after(int tries, Optional<Duration> asked) {
    Duration doubled = first.multipliedBy(1L << (tries - 1));
    Duration step = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    Duration own = Duration.ofNanos((long) (step.toNanos() * random.nextDouble(0.5, 1)));
    return asked.filter(d -> d.compareTo(own) > 0).orElse(own);
  }

  /** The wait that a response asks for: {@code retry-after-ms}, or {@code Retry-After} in seconds or as a date. */
  static Optional<Duration> askedBy(HttpHeaders headers) {
    Optional<Duration> precise =
        headers.firstValue("retry-after-ms").flatMap(value -> seconds(value, 1e6));
    return precise.or(
        () -> headers.firstValue("Retry-After").flatMap(v -> seconds(v, 1e9).or(() -> until(v))));
  }

  private static Optional<Duration> seconds(String value, double nanosPerUnit) {
    try {
      return Optional.of(
          Duration.ofNanos((long) (Math.max(0, Double.parseDouble(value.strip())) * nanosPerUnit)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> until(String date) {
    try {
      Instant then = ZonedDateTime.parse(date.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
          .toInstant();
      return Optional.of(Duration.between(Instant.now(), then)).filter(Duration::isPositive);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
