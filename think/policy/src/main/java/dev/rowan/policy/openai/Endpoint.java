package dev.rowan.policy.openai;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * A model behind an endpoint that speaks OpenAI's Chat Completions, and how to treat it.
 *
 * @param base address up to and including the version, such as {@code http://localhost:11434/v1}
 * @param model the model's name there
 * @param key sent as a bearer token, if there is one
 * @param price what tokens cost; {@link Price#FREE} when nobody counts
 * @param concurrency at most this many requests at once; further callers wait
 * @param logProbs whether to ask for log-probabilities, as long as the endpoint does not refuse them
 * @param connectTimeout how long to wait for a connection
 * @param idleTimeout how long the endpoint may be silent before and within an answer
 * @param firstBackoff how long to wait before the second try; each further wait is twice as long
 */
public record Endpoint(
    URI base,
    String model,
    Optional<ApiKey> key,
    Price price,
    int concurrency,
    boolean logProbs,
    Duration connectTimeout,
    Duration idleTimeout,
    Duration firstBackoff) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException naming the value that cannot be used, and what can
   */
  public Endpoint {
    String scheme = base.getScheme() == null ? "" : base.getScheme().toLowerCase(Locale.ROOT);
    if (!(scheme.equals("http") || scheme.equals("https"))
        || base.getHost() == null
        || base.getUserInfo() != null) {
      throw new IllegalArgumentException("upstream '" + withoutUser(base)
          + "' is no endpoint: give an address such as http://localhost:8000/v1");
    }
    if (model.isBlank()) {
      throw new IllegalArgumentException(
          "the upstream model has no name: give one that the endpoint serves");
    }
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency is " + concurrency + ": choose 1 or more");
    }
    if (!connectTimeout.isPositive() || !idleTimeout.isPositive() || firstBackoff.isNegative()) {
      throw new IllegalArgumentException("a timeout is 0 or less: choose a longer one");
    }
  }

  /** An endpoint without a key or prices: 16 requests at once, 10 s to connect, 2 minutes of silence, 0.5 s back off. */
  public static Endpoint of(String url, String model) {
    return new Endpoint(
        parse(url),
        model,
        Optional.empty(),
        Price.FREE,
        16,
        false,
        Duration.ofSeconds(10),
        Duration.ofMinutes(2),
        Duration.ofMillis(500));
  }

  private static URI parse(String url) {
    try {
      return new URI(url.strip());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "upstream '" + url + "' is no address: give one such as http://localhost:8000/v1", e);
    }
  }

  private static String withoutUser(URI uri) {
    return uri.getUserInfo() == null
        ? uri.toString()
        : uri.toString().replace(uri.getRawUserInfo() + "@", "");
  }

  /** This endpoint with a key. */
  public Endpoint withKey(ApiKey newKey) {
    return new Endpoint(
        base,
        model,
        Optional.of(newKey),
        price,
        concurrency,
        logProbs,
        connectTimeout,
        idleTimeout,
        firstBackoff);
  }

  /** This endpoint with prices. */
  public Endpoint withPrice(Price newPrice) {
    return new Endpoint(
        base,
        model,
        key,
        newPrice,
        concurrency,
        logProbs,
        connectTimeout,
        idleTimeout,
        firstBackoff);
  }

  /** This endpoint with another number of requests at once. */
  public Endpoint withConcurrency(int newConcurrency) {
    return new Endpoint(
        base,
        model,
        key,
        price,
        newConcurrency,
        logProbs,
        connectTimeout,
        idleTimeout,
        firstBackoff);
  }

  /** This endpoint, asked for log-probabilities or not. */
  public Endpoint withLogProbs(boolean newLogProbs) {
    return new Endpoint(
        base,
        model,
        key,
        price,
        concurrency,
        newLogProbs,
        connectTimeout,
        idleTimeout,
        firstBackoff);
  }

  /** This endpoint with other limits of patience. */
  public Endpoint withPatience(
      Duration newConnectTimeout, Duration newIdleTimeout, Duration newFirstBackoff) {
    return new Endpoint(
        base,
        model,
        key,
        price,
        concurrency,
        logProbs,
        newConnectTimeout,
        newIdleTimeout,
        newFirstBackoff);
  }

  /** Where completions are asked for. */
  URI completions() {
    String address = base.toString();
    return URI.create(
        address.endsWith("/") ? address + "chat/completions" : address + "/chat/completions");
  }

  /** The text without the key. */
  String hideKey(String text) {
    return key.map(k -> k.hideIn(text)).orElse(text);
  }

  /** The model and the address, for messages. */
  String name() {
    return model + " at " + base;
  }
}
