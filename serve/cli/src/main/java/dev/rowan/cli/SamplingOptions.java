package dev.rowan.cli;

import dev.rowan.core.Sampling;
import java.util.List;
import picocli.CommandLine.Option;

/** Options that say how tokens are drawn. */
final class SamplingOptions {

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "1",
      description = "0: the most likely token; 1: the model as it is. Default: 1.")
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
      defaultValue = "1024",
      description = "At most this many tokens for a chain. Default: 1024.")
  private int maxTokens;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "The same seed gives the same output. Default: 0.")
  private long seed;

  long seed() {
    return seed;
  }

  /** What the options say; {@link UserException} if one is out of range. */
  Sampling sampling() {
    return ModelOptions.checked(
        () -> new Sampling(temperature, topK, topP, maxTokens, List.of(), seed));
  }
}
