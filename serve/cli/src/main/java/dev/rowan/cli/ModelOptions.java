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
          "System message. Default: to end with '#### ANSWER', for models that read chats.")
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

  /** Opens it, to answer questions. */
  OpenPolicy open(Policies policies) {
    return opened(policies).withSystem(system);
  }

  /** Opens it, to talk: nobody tells it how to end. */
  OpenPolicy openForChat(Policies policies) {
    return opened(policies).withSystem(Optional.of(system.orElse("")));
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
