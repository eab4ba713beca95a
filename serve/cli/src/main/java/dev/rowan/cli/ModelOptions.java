package dev.rowan.cli;

import dev.rowan.policy.openai.ApiKey;
import dev.rowan.policy.openai.Endpoint;
import dev.rowan.policy.openai.Price;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Options that say who writes. */
final class ModelOptions {

  static final String KEY_VARIABLE = "OPENAI_API_KEY";

  @Option(
      names = "--model",
      paramLabel = "M",
      description =
          "A pulled model's name, a model folder or a GGUF file. Default: the shipped nano model.")
  private Optional<String> local = Optional.empty();

  @Option(names = "--dtype", paramLabel = "TYPE", description = Precision.HELP + " Default: auto.")
  private Precision precision = Precision.auto;

  @Option(
      names = "--upstream",
      paramLabel = "URL",
      description = {
        "Ask an OpenAI-compatible endpoint instead, such as http://localhost:11434/v1.",
        "Its key is read from " + KEY_VARIABLE + "."
      })
  private Optional<String> upstream = Optional.empty();

  @Option(
      names = "--upstream-model",
      paramLabel = "NAME",
      description = "The model to ask for there.")
  private Optional<String> upstreamModel = Optional.empty();

  @Option(
      names = "--system",
      paramLabel = "TEXT",
      description =
          "System message. Default: none for chats and judges, else to end with '#### ANSWER'.")
  private Optional<String> system = Optional.empty();

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description = "Requests at once to the endpoint. Default: 16.")
  private int concurrency = 16;

  @Option(
      names = "--price-in",
      paramLabel = "X",
      description = "Dollars for a million tokens read.")
  private double priceIn;

  @Option(
      names = "--price-out",
      paramLabel = "X",
      description = "Dollars for a million tokens written.")
  private double priceOut;

  /** Whether prices are known, so that a budget of money means something. */
  boolean priced() {
    return priceIn > 0 || priceOut > 0;
  }

  /** Whether a model of its own is named, not just an endpoint. */
  boolean namesModel() {
    return local.isPresent() || upstreamModel.isPresent();
  }

  /** Whether there is an endpoint to ask. */
  boolean namesEndpoint() {
    return upstream.isPresent();
  }

  /** Opens it, to answer questions. */
  OpenPolicy open(Policies policies) {
    return opened(policies).withSystem(system);
  }

  /** Opens it, to talk: nobody tells it how to end. */
  OpenPolicy openForChat(Policies policies) {
    return opened(policies).withSystem(Optional.of(system.orElse("")));
  }

  /** Opens one of several judges: at its own endpoint, else at that of all, else on this machine. */
  OpenPolicy open(Seat seat, Policies policies) {
    Optional<String> url = seat.url().or(() -> upstream);
    OpenPolicy open = url.isPresent()
        ? Policies.openEndpoint(checked(() -> endpoint(url.get(), seat.model(), policies)))
        : policies.openLocal(Optional.of(seat.model()), precision.type());
    return open.withSystem(Optional.of(system.orElse("")));
  }

  private OpenPolicy opened(Policies policies) {
    if (upstream.isEmpty()) {
      if (upstreamModel.isPresent()) {
        throw new UserException(
            Exit.USAGE, "--upstream-model needs --upstream: say which endpoint serves it");
      }
      return policies.openLocal(local, precision.type());
    }
    return Policies.openEndpoint(checked(() -> endpoint(upstream.get(), policies)));
  }

  private Endpoint endpoint(String url, Policies policies) {
    if (local.isPresent()) {
      throw new IllegalArgumentException("both --model and --upstream: give one");
    }
    String model = upstreamModel.orElseThrow(() -> new IllegalArgumentException(
        "--upstream needs --upstream-model: say which model to ask for"));
    return endpoint(url, model, policies);
  }

  private Endpoint endpoint(String url, String model, Policies policies) {
    Endpoint endpoint = Endpoint.of(url, model)
        .withPrice(Price.ofDollars(priceIn, priceOut))
        .withConcurrency(concurrency);
    return policies
        .environment()
        .apply(KEY_VARIABLE)
        .map(ApiKey::new)
        .map(endpoint::withKey)
        .orElse(endpoint);
  }

  /** Turns a complaint about a value into one to the user. */
  static <T> T checked(Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new UserException(Exit.USAGE, String.valueOf(e.getMessage()), e);
    }
  }
}
