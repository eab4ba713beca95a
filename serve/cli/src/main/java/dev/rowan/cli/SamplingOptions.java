package dev.rowan.cli;

import dev.rowan.core.Sampling;
import java.util.List;
import picocli.CommandLine.Option;

/** Options that say how tokens are drawn. */
final class SamplingOptions {

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "0: the most likely token; 1: the model as it is. Default: ${DEFAULT-VALUE}.")
  private double temperature;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      defaultValue = "1",
      description = "Only the likeliest tokens up to P.")
  private double topP;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      defaultValue = "0",
      description = "Only the K likeliest tokens.")
  private int topK;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "At most this many new tokens. Default: ${DEFAULT-VALUE}.")
  private int maxTokens;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "The same seed gives the same output. Default: ${DEFAULT-VALUE}.")
  private long seed;

  /** For chains of thought: the model as it is, up to 1,024 tokens, seed 0. */
  SamplingOptions() {
    this(1, 1024, 0);
  }

  /** With other defaults. */
  SamplingOptions(double temperature, int maxTokens, long seed) {
    this.temperature = temperature;
    this.maxTokens = maxTokens;
    this.seed = seed;
  }

  long seed() {
    return seed;
  }

  /** What the options say; {@link UserException} if one is out of range. */
  Sampling sampling() {
    return ModelOptions.checked(
        () -> new Sampling(temperature, topK, topP, maxTokens, List.of(), seed));
  }
}
